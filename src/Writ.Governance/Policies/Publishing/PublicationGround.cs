using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Publishing;

/// <summary>Why one person's publish took effect at once.</summary>
public enum PublicationGround
{
    /// <summary>It was proved that nothing is looser than before.</summary>
    [JsonStringEnumMemberName("not-looser")]
    NotLooser,

    /// <summary>The organization has nobody else who could confirm: one person stood for two.</summary>
    [JsonStringEnumMemberName("solo")]
    Solo,
}
