using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts;

/// <summary>What a source answered.</summary>
/// <param name="Value">The typed answer; poison where there is none.</param>
/// <param name="At">When it was read, UTC; null for what does not age.</param>
/// <param name="Origin">Who answered: a look-up's decision, a host, the bundle.</param>
public sealed record FactReading(Value Value, DateTimeOffset? At, string Origin)
{
    /// <summary>No answer, and why.</summary>
    public static FactReading Unavailable(FactSource source, string reason) => new(new PoisonValue($"fact '{source.Name}': {reason}"), null, "none");
}
