using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What the comparison of a bundle with the policies that hold came to.</summary>
/// <param name="Looseness">In one word.</param>
/// <param name="Words">For people, at most <see cref="MaxWords"/> characters: how it was proved, or the call that fares better.</param>
public sealed record PublicationFinding(Looseness Looseness, string Words)
{
    /// <summary>The longest explanation that is kept, in characters.</summary>
    public const int MaxWords = 2_000;

    /// <summary>Whether one person may publish it alone.</summary>
    [JsonIgnore]
    public bool IsTightening => Looseness == Looseness.NotLooser;

    internal static PublicationFinding Of(Looseness looseness, string words) =>
        new(looseness, words.Length <= MaxWords ? words : words[..(MaxWords - 1)] + "…");
}
