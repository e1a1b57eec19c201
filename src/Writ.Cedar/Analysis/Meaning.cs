using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>What is known of an operand before any request is. Closed. Immutable.</summary>
internal abstract record Meaning
{
    private Meaning()
    {
    }

    /// <summary>It has this value in every request.</summary>
    public sealed record Known(Value Value) : Meaning;

    /// <summary>It is read from a place of the request.</summary>
    public sealed record Read(Term Term) : Meaning;

    /// <summary>It is an integer read from a place, plus a number; the sum may overflow.</summary>
    public sealed record Shifted(Term Term, Int128 By) : Meaning;

    /// <summary>It fails in every request.</summary>
    public sealed record Failing : Meaning;

    /// <summary>It is not looked into.</summary>
    public sealed record Other : Meaning;
}
