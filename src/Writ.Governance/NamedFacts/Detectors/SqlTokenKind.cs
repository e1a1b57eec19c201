namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>What a token of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A bare word, in lower case.</summary>
    Word,

    /// <summary>A quoted name, in lower case and without its quotes.</summary>
    Name,

    /// <summary>A text, a number or a parameter; what it says does not matter.</summary>
    Literal,

    /// <summary>One character of punctuation.</summary>
    Mark,
}
