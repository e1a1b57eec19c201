using System.Text.Json.Serialization;

namespace Writ.Governance.Agents;

/// <summary>Why an agent was suspended: it decides who may let it act again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuspensionCause>))]
public enum SuspensionCause
{
    /// <summary>A person wanted it stopped, and one person lets it go on.</summary>
    [JsonStringEnumMemberName("manual")]
    Manual,

    /// <summary>It did harm, or was about to; somebody else than who stopped it lets it go on.</summary>
    [JsonStringEnumMemberName("kill")]
    Kill,

    /// <summary>Nobody answers for it any more; it goes on once somebody does.</summary>
    [JsonStringEnumMemberName("orphaned")]
    Orphaned,

    /// <summary>It may not be what it was; somebody else than who stopped it lets it go on.</summary>
    [JsonStringEnumMemberName("quarantine")]
    Quarantine,

    /// <summary>A review of it is overdue.</summary>
    [JsonStringEnumMemberName("overdue-review")]
    OverdueReview,
}
