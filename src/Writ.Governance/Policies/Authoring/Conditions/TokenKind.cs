namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>What a piece of a condition is.</summary>
internal enum TokenKind
{
    /// <summary>A name or a word such as <c>and</c>.</summary>
    Word,

    /// <summary>A text between quotes.</summary>
    Text,

    /// <summary>Digits, with at most one point among them, and a minus before them where the number is negative.</summary>
    Number,

    /// <summary>An operator, a parenthesis, a comma or a dot.</summary>
    Symbol,

    /// <summary>There is nothing more.</summary>
    End,
}
