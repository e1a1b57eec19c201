using System.Collections.Immutable;

namespace Writ.Cedar.Syntax;

/// <summary>
/// The tokens of a source with one token of sight, and the faults found in it. A method that parses returns null after it has reported;
/// whoever gets the null passes it on, up to the policy, after which reading goes on.
/// </summary>
internal sealed class TokenStream
{
    private readonly Lexer _lexer;
    private readonly SourceMap _map;
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private int _nesting;

    public TokenStream(string source, ParseOptions options)
    {
        _lexer = new Lexer(source);
        _map = new SourceMap(source);
        Options = options;
        Current = _lexer.Next();
    }

    public ParseOptions Options { get; }

    public Token Current { get; private set; }

    public ReadOnlySpan<char> CurrentText => _lexer.TextOf(Current);

    public SourcePosition Position => _map.At(Current.Start);

    public bool AtEnd => Current.Kind == TokenKind.End;

    public bool TooManyErrors => _diagnostics.Count >= Options.MaxErrors;

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    public Token Take()
    {
        var token = Current;
        Current = _lexer.Next();
        return token;
    }

    public string Text(Token token) => _lexer.TextOf(token).ToString();

    /// <summary>Whether the current token is this symbol or word.</summary>
    public bool Is(string text) => Current.Kind is TokenKind.Symbol or TokenKind.Identifier && CurrentText.SequenceEqual(text);

    public bool Accept(string text)
    {
        if (!Is(text))
            return false;
        Take();
        return true;
    }

    public bool Expect(string text)
    {
        if (Accept(text))
            return true;
        Unexpected($"`{text}`");
        return false;
    }

    /// <summary>Reports that the current token cannot stand here.</summary>
    public void Unexpected(params ReadOnlySpan<string> expected)
    {
        if (Current.Kind == TokenKind.Invalid)
            Add(Position, Invalid());
        else
            Add(Position, AtEnd ? "the source ends too early" : "this cannot stand here", AtEnd ? null : Quote(CurrentText), expected);
    }

    /// <summary>Reports a fault at the current token.</summary>
    public void Report(string message) => Add(Position, message);

    public void Report(SourcePosition position, string message) => Add(position, message);

    /// <summary>Reports a fault inside a token.</summary>
    public void Report(Token token, int offset, string message) => Add(_map.At(token.Start + offset), message);

    public SourcePosition PositionOf(Token token) => _map.At(token.Start);

    /// <summary>Goes one bracket deeper; false and a report when that is too deep.</summary>
    public bool Enter()
    {
        if (++_nesting <= Options.MaxNesting)
            return true;
        Report($"more than {Options.MaxNesting} brackets and ifs are open here: the limit guards the stack");
        return false;
    }

    public void Leave() => _nesting--;

    /// <summary>After a fault, passes over the rest of the policy: to behind the next semicolon.</summary>
    public void SkipPolicy()
    {
        _nesting = 0;
        while (!AtEnd && !Is(";"))
            Take();
        if (!AtEnd)
            Take();
    }

    private string Invalid() => CurrentText switch
    {
        ['"', ..] => "the string does not end",
        ['?', ..] => "a slot is ?principal or ?resource, and an optional attribute of a schema is written name?: Type",
        ['|', ..] => "or is written ||",
        ['&', ..] => "and is written &&",
        ['\'', ..] => "a string stands in double quotes",
        [var high, ..] when char.IsSurrogate(high) && CurrentText.Length == 1 => "half of a surrogate pair is not a character",
        var other => $"{Quote(other)} (U+{(other.Length == 2 ? char.ConvertToUtf32(other[0], other[1]) : other[0]):X4}) has no meaning in Cedar",
    };

    private void Add(SourcePosition position, string message, string? found = null, ReadOnlySpan<string> expected = default)
    {
        if (!TooManyErrors)
            _diagnostics.Add(new Diagnostic(Options.SourceName, position, message) { Found = found, Expected = [.. expected] });
    }

    private static string Quote(ReadOnlySpan<char> text)
    {
        var shown = new System.Text.StringBuilder();
        StringLiteral.AppendEscaped(shown, text.Length <= 40 ? text.ToString() : text[..37].ToString() + "...");
        return $"`{shown.Replace("\\\"", "\"")}`";
    }
}
