using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Explaining;

/// <summary>How a rule fares with an action.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleFate>))]
public enum RuleFate
{
    /// <summary>Its scope does not cover the action; its conditions are not asked.</summary>
    [JsonStringEnumMemberName("out_of_scope")]
    OutOfScope,

    /// <summary>Its scope covers the action, its conditions do not all hold.</summary>
    [JsonStringEnumMemberName("unsatisfied")]
    Unsatisfied,

    /// <summary>It holds.</summary>
    [JsonStringEnumMemberName("satisfied")]
    Satisfied,

    /// <summary>It could not be evaluated: a forbid then denies, a permit does not count.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
