using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Writ.Governance.Users;

/// <summary>How a claim of an issuer becomes a word that policies use. Immutable.</summary>
/// <param name="Claim">The claim's name.</param>
/// <param name="Words">By the claim's value, the word. What is not in it is no word.</param>
public sealed record ClaimMapping(string Claim, ImmutableSortedDictionary<string, string> Words)
{
    private const int MaxLength = 128;
    private const int Most = 64;

    /// <summary>What is wrong with it; null when it can be used.</summary>
    [JsonIgnore]
    public string? Problem =>
        Claim.Length is 0 or > MaxLength ? $"claim: 1 to {MaxLength} characters"
        : Words is not { Count: > 0 and <= Most } ? $"words: 1 to {Most}, each value of the claim with the word that it stands for"
        : Words.Any(word => word.Key.Length is 0 or > MaxLength || word.Value.Length is 0 or > MaxLength) ? $"words: each of 1 to {MaxLength} characters"
        : null;

    /// <summary>The word that claims say; empty where they say none, or several.</summary>
    public string Of(JsonElement claims)
    {
        if (!claims.TryGetProperty(Claim, out var claim))
            return "";
        IEnumerable<JsonElement> values = claim.ValueKind == JsonValueKind.Array ? claim.EnumerateArray() : [claim];
        // Whoever has two roles has no one role: to guess would be to choose for the policy.
        var words = values.Where(value => value.ValueKind == JsonValueKind.String).Select(value => Words.GetValueOrDefault(value.GetString()!)).OfType<string>().Distinct().ToArray();
        return words is [var only] ? only : "";
    }
}
