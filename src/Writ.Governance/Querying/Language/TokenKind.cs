namespace Writ.Governance.Querying.Language;

/// <summary>What a piece of a query is.</summary>
internal enum TokenKind
{
    /// <summary>A bare word: a name, a keyword, a number, a date.</summary>
    Word,

    /// <summary>A quoted text.</summary>
    Quoted,

    /// <summary>An operator, a bracket or a comma.</summary>
    Sign,

    /// <summary>The end of the query.</summary>
    End,
}
