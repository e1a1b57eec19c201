using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts;

/// <summary>A fact as a decision saw it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Where it is from: <c>derived/&lt;detector&gt;</c> or <c>source/&lt;kind&gt;</c>.</param>
/// <param name="Value">What was known; poison where nothing was.</param>
/// <param name="Reading">How it was looked up, where it was.</param>
internal sealed record NamedFact(string Name, string Kind, Value Value, FactReading? Reading)
{
    public bool IsAvailable => Value is not PoisonValue;
}
