namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>A piece of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; of a text, what stands between its quotes.</param>
/// <param name="At">Where it starts, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>What an error message calls it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => "a text",
        _ => $"'{Text}'",
    };
}
