using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Linting;

/// <summary>How bad a finding is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LintSeverity>))]
public enum LintSeverity
{
    /// <summary>Worth knowing; nothing need be done.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>The rule does not do what it seems to.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>It cannot be published, or refuses what nobody meant to refuse.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
