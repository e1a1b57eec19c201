namespace Writ.Governance.Schemas.Patterns;

/// <summary>A parsed pattern: one of the nested records, nothing else.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    /// <summary>One code point of a class.</summary>
    public sealed record One(CodePointClass Class) : PatternNode;

    /// <summary>All parts, one behind the other; of no parts, the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>Any one of the alternatives.</summary>
    public sealed record Choice(IReadOnlyList<PatternNode> Alternatives) : PatternNode;

    /// <summary>The body, from <paramref name="Least"/> to <paramref name="Most"/> times; without end where that is null.</summary>
    public sealed record Repetition(PatternNode Body, int Least, int? Most) : PatternNode;

    /// <summary>A condition on the place in the text, which takes no character.</summary>
    public sealed record Assertion(PatternAssertion Kind) : PatternNode;
}
