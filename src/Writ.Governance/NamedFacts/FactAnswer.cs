using System.Text.Json;

namespace Writ.Governance.NamedFacts;

/// <summary>What came of asking a source.</summary>
public abstract record FactAnswer
{
    private FactAnswer()
    {
    }

    /// <summary>It answered with this JSON object, which still has to have the declared members.</summary>
    /// <param name="Value">The object.</param>
    /// <param name="Origin">Who answered, for the record: the decision that allowed the look-up, or the host.</param>
    public sealed record Answered(JsonElement Value, string Origin) : FactAnswer;

    /// <summary>There is no answer. The reason is Writ's own words, for people.</summary>
    public sealed record Unavailable(string Reason) : FactAnswer;
}
