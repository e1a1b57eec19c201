namespace Writ.Cedar.Syntax;

/// <summary>The kinds of tokens. Reserved words are identifiers here; the parser knows where each may stand.</summary>
internal enum TokenKind
{
    End,
    Identifier,
    Number,
    String,
    Slot,
    Symbol,
    Invalid,
}
