using System.Text.Json.Serialization;

namespace Writ.Governance.People;

/// <summary>On whose authority a control action was taken.</summary>
/// <param name="Person">The person, or null for the installation itself; written either way, because reading requires it.</param>
/// <param name="Presence">How the person proved to be there.</param>
/// <param name="Solo">Whether the organization had nobody else who could confirm: one person stood for two.</param>
public sealed record Authority(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] PersonId? Person, Presence Presence, bool Solo)
{
    /// <summary>What the person's authenticator signed for the request; null unless they were there by passkey.</summary>
    public PasskeyProof? Proof { get; init; }

    /// <summary>The public part of the token of the directory that said so; null where none did.</summary>
    public string? Directory { get; init; }

    /// <summary>The installation itself.</summary>
    public static Authority Installation { get; } = new(null, Presence.Installation, Solo: false);
}
