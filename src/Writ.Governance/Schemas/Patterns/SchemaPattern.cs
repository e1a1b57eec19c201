using System.Text.RegularExpressions;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// A compiled <c>pattern</c>. It runs on the automaton of <see cref="RegexOptions.NonBacktracking"/>, whose time is linear in the
/// text; <see cref="RegexOptions.ECMAScript"/> cannot be combined with that, so <see cref="PatternParser"/> gives the pattern the
/// meaning of ECMA-262 by rewriting it. Immutable and thread safe.
/// </summary>
internal sealed class SchemaPattern
{
    /// <summary>The most characters of a pattern.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The most states of a pattern, repetitions counted out; about what the automaton of .NET takes.</summary>
    public const int MaxSize = 2_100;

    /// <summary>How many states one evaluation step looks at: what makes a large pattern on a long text cost what it takes.</summary>
    private const int StatesPerStep = 512;

    // The counted steps decide, the same on every machine; this is the net under them.
    private static readonly TimeSpan TimeOut = TimeSpan.FromMilliseconds(500);

    private readonly (Regex Regex, bool MustMatch)[] _parts;

    private SchemaPattern(string source, int size, (Regex, bool)[] parts)
    {
        Source = source;
        Size = size;
        _parts = parts;
    }

    public string Source { get; }

    /// <summary>How many states the pattern takes, at least 1.</summary>
    public int Size { get; }

    /// <summary>The compiled pattern, or the reason why there is none.</summary>
    public static SchemaPattern? Compile(string source, out string? problem)
    {
        if (source.Length > MaxLength)
        {
            problem = $"expected a pattern of at most {MaxLength} characters";
            return null;
        }

        var parser = new PatternParser(source);
        if (parser.Parse() is not { } parts)
        {
            problem = $"the pattern has {parser.Problem}";
            return null;
        }

        if (parser.Size > MaxSize)
        {
            problem = $"expected a pattern whose repetitions unfold to at most {MaxSize} states";
            return null;
        }

        try
        {
            problem = null;
            return new(source, 1 + (int)parser.Size, [.. parts.Select(p => (Automaton(p.Regex), p.MustMatch))]);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            problem = "the pattern is too large to be matched in bounded time";
            return null;
        }
    }

    /// <summary>How many evaluation steps a match against a text of this many UTF-16 units costs.</summary>
    public long CostOf(int length) => 1 + ((long)length * Size / StatesPerStep);

    /// <summary>Whether the pattern occurs in the text; null when the time-out struck.</summary>
    public bool? IsMatch(string text)
    {
        try
        {
            foreach (var (regex, mustMatch) in _parts)
            {
                if (regex.IsMatch(text) != mustMatch)
                    return false;
            }

            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Automaton(string regex) =>
        new(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeOut);
}
