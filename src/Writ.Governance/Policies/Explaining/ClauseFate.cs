using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Explaining;

/// <summary>How a clause of a rule fares with an action.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClauseFate>))]
public enum ClauseFate
{
    /// <summary>It is as the rule wants it.</summary>
    [JsonStringEnumMemberName("holds")]
    Holds,

    /// <summary>It is not as the rule wants it: the rule does not apply because of it.</summary>
    [JsonStringEnumMemberName("misses")]
    Misses,

    /// <summary>It could not be evaluated.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>A clause before it settled the rule, and without that one it has no value.</summary>
    [JsonStringEnumMemberName("not_asked")]
    NotAsked,
}
