using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts;

/// <summary>What a source answered.</summary>
/// <param name="Value">The typed answer; poison where there is none.</param>
/// <param name="Origin">Who answered: the bundle, or none.</param>
public sealed record FactReading(Value Value, string Origin)
{
    /// <summary>No answer, and why.</summary>
    public static FactReading Unavailable(FactSource source, string reason) => new(new PoisonValue($"fact '{source.Name}': {reason}"), "none");
}
