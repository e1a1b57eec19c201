using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>For whom a canary decides, and when it ends itself.</summary>
/// <param name="Percent">Its share, 1 to 99 of a hundred.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Band">By word of an outcome, how many percentage points, 0 to 100, its rate may be away from that of the others, in either direction.</param>
/// <param name="Minimum">How many decisions of either side there are before rates are compared, 1 to 1,000,000.</param>
public sealed record CanaryTerms(int Percent, CanaryUnit Unit, ImmutableSortedDictionary<string, int> Band, int Minimum = CanaryTerms.DefaultMinimum)
{
    /// <summary>How many decisions of either side are waited for where nothing else is said.</summary>
    public const int DefaultMinimum = 50;

    private const int LargestMinimum = 1_000_000;

    /// <summary>The words of the outcomes, in their order.</summary>
    internal static ImmutableArray<string> Words { get; } = [.. Enum.GetValues<Outcome>().Select(outcome => outcome.Word())];

    /// <summary>What is wrong with them; null when nothing is.</summary>
    [JsonIgnore]
    public string? Problem =>
        Percent is < 1 or > 99 ? "percent: 1 to 99"
        : !Enum.IsDefined(Unit) ? "unit: agents or tasks"
        : Minimum is < 1 or > LargestMinimum ? $"minimum: 1 to {LargestMinimum} decisions"
        : Band.IsEmpty ? "band: at least one outcome with the percentage points that it may be away, such as DENY 5"
        : Band.Keys.FirstOrDefault(word => !Words.Contains(word)) is { } unknown ? $"band: '{unknown}' is no outcome; they are {string.Join(", ", Words)}"
        : Band.Values.Any(points => points is < 0 or > 100) ? "band: 0 to 100 percentage points"
        : null;
}
