using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Lifecycle;

/// <summary>Where a version of a bundle stands. A draft is a folder that nobody uploaded. The words are never renamed.</summary>
public enum BundleState
{
    /// <summary>Evaluated beside what decides; decides nothing.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,

    /// <summary>Decides for a share of the agents or tasks.</summary>
    [JsonStringEnumMemberName("canary")]
    Canary,

    /// <summary>Decides.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Decided once, and is kept to roll back to.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,
}
