using System.Text.Json.Serialization;

namespace Writ.Governance.Retention;

/// <summary>How long a payload is kept goes by what it belongs to.</summary>
public enum RetentionClass
{
    /// <summary>Decisions, effects and tasks, but for those of money.</summary>
    [JsonStringEnumMemberName("decisions")]
    Decisions,

    /// <summary>What moved money, and what people attached to approvals.</summary>
    [JsonStringEnumMemberName("financial")]
    Financial,

    /// <summary>What agents report of themselves.</summary>
    [JsonStringEnumMemberName("traces")]
    Traces,
}
