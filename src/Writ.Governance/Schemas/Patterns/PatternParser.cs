using System.Globalization;
using System.Text;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// Reads a pattern of ECMA-262 (22.2.1, Unicode mode, with the lenient braces and dashes of annex B). What it does not know it refuses.
/// </summary>
internal sealed class PatternParser(string pattern)
{
    /// <summary>The largest count a repetition may state.</summary>
    public const int MaxCount = 100_000;

    private const int MaxGroups = 64;

    private int _at;
    private int _depth;

    /// <summary>What was refused, with its position in the pattern; null after a success.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// The conditions that together are the pattern, each with whether it must hold or must not. There is more than one where look-aheads
    /// follow a leading <c>^</c>: each of these is a match of its own at the start of the text.
    /// </summary>
    public IReadOnlyList<(PatternNode Node, bool MustMatch)>? Parse()
    {
        var conditions = new List<(PatternNode, bool)>();
        var start = new PatternNode.Assertion(PatternAssertion.Start);
        if (Take('^'))
        {
            while (Problem is null && StartsLookAhead())
            {
                var mustMatch = pattern[_at + 2] == '=';
                _at += 3;
                conditions.Add((new PatternNode.Sequence([start, Alternatives()]), mustMatch));
                if (!Take(')'))
                    Refuse("a group that is not closed");
            }

            if (conditions.Count == 0)
                _at = 0;
        }

        var rest = Alternatives();
        if (_at < pattern.Length)
            Refuse("a closing parenthesis without an opening one");
        if (conditions.Count > 0)
        {
            if (rest is PatternNode.Choice)
                Refuse("a look-ahead beside alternatives");
            rest = new PatternNode.Sequence([start, rest]);
        }

        conditions.Add((rest, true));
        return Problem is null ? conditions : null;
    }

    private PatternNode Alternatives()
    {
        var first = Alternative();
        if (_at >= pattern.Length || pattern[_at] != '|')
            return first;
        var alternatives = new List<PatternNode> { first };
        while (Take('|'))
            alternatives.Add(Alternative());
        return new PatternNode.Choice(alternatives);
    }

    private PatternNode.Sequence Alternative()
    {
        var parts = new List<PatternNode>();
        while (Problem is null && _at < pattern.Length && pattern[_at] is not ('|' or ')'))
            parts.Add(TakeAssertion() is { } assertion ? new PatternNode.Assertion(assertion) : Repeated());
        return new(parts);
    }

    private PatternAssertion? TakeAssertion()
    {
        if (Take('^'))
            return PatternAssertion.Start;
        if (Take('$'))
            return PatternAssertion.End;
        if (pattern[_at] != '\\' || _at + 1 >= pattern.Length || pattern[_at + 1] is not ('b' or 'B'))
            return null;
        _at += 2;
        return pattern[_at - 1] == 'b' ? PatternAssertion.WordBoundary : PatternAssertion.NoWordBoundary;
    }

    private PatternNode Repeated()
    {
        var body = Atom();
        if (Problem is not null || !TryQuantifier(out var least, out var most))
            return body;
        if (most < least)
            Refuse("a repetition whose largest count is below its smallest");
        if (least > MaxCount || most > MaxCount)
            Refuse($"a repetition of more than {MaxCount} times");
        return new PatternNode.Repetition(body, least, most);
    }

    private PatternNode Atom()
    {
        switch (pattern[_at])
        {
            case '(':
                return Group();
            case '[':
                _at++;
                return new PatternNode.One(Class());
            case '.':
                _at++;
                return new PatternNode.One(CodePointSet.AnyButLineEnd.ToClass());
            case '*' or '+' or '?':
                return Refuse("a repetition of nothing");
            case '{' when TryQuantifier(out _, out _):
                return Refuse("a repetition of nothing");
            case '\\':
                return new PatternNode.One(Escaped(inClass: false).Set.ToClass());
            default:
                return new PatternNode.One(new CodePointSet().Add(CodePoint()).ToClass());
        }
    }

    private PatternNode Group()
    {
        _at++;
        if (Take('?') && !Take(':') && !TakeName())
            return Refuse("look-around is taken only directly behind a leading '^', other (?…) groups are not");
        if (++_depth > MaxGroups)
            return Refuse($"more than {MaxGroups} groups inside one another");
        var body = Alternatives();
        _depth--;
        if (Take(')'))
            return body;
        return Refuse("a group that is not closed");
    }

    private CodePointClass Class()
    {
        var negated = Take('^');
        var set = new CodePointSet();
        while (Problem is null && !Take(']'))
        {
            if (_at >= pattern.Length)
            {
                Refuse("a character class that is not closed");
                break;
            }

            var from = ClassAtom(set);
            if (from is null || _at + 1 >= pattern.Length || pattern[_at] != '-' || pattern[_at + 1] == ']')
                continue;
            var dash = _at++;
            var to = ClassAtom(set);
            if (to is null)
                set.Add('-'); // annex B: a range that ends in a class such as \w is three members
            else if (to < from)
                Refuse("a range whose end is before its start", dash);
            else
                set.Add(from.Value, to.Value);
        }

        return set.ToClass(negated);
    }

    /// <summary>Adds one member to the set; its code point, or null where it is a set of its own.</summary>
    private int? ClassAtom(CodePointSet set)
    {
        int single;
        if (pattern[_at] != '\\')
        {
            single = CodePoint();
        }
        else
        {
            var escaped = Escaped(inClass: true);
            if (escaped.Single is null)
            {
                set.Add(escaped.Set);
                return null;
            }

            single = escaped.Single.Value;
        }

        set.Add(single);
        return single;
    }

    private EscapedAtom Escaped(bool inClass)
    {
        var escape = new EscapeReader(pattern, _at + 1);
        var atom = escape.Read(inClass);
        if (escape.Problem is not null)
            Refuse(escape.Problem);
        _at = escape.End;
        return atom;
    }

    private int CodePoint()
    {
        if (!Rune.TryGetRuneAt(pattern, _at, out var rune))
        {
            Refuse("half a surrogate pair");
            return 0;
        }

        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private bool TryQuantifier(out int least, out int? most)
    {
        (least, most) = (0, null);
        var start = _at;
        if (Take('?'))
            most = 1;
        else if (Take('+'))
            least = 1;
        else if (!Take('*') && !TryCounts(out least, out most))
        {
            _at = start;
            return false;
        }

        Take('?'); // a lazy repetition finds a match exactly where a greedy one does
        return true;
    }

    private bool TryCounts(out int least, out int? most)
    {
        most = null;
        if (!Take('{') | !TryCount(out least))
            return false;
        if (!Take(','))
            most = least;
        else if (_at < pattern.Length && char.IsAsciiDigit(pattern[_at]))
            most = TryCount(out var limit) ? limit : null;
        return Take('}');
    }

    private bool TryCount(out int count)
    {
        var start = _at;
        count = 0;
        while (_at < pattern.Length && char.IsAsciiDigit(pattern[_at]))
            count = Math.Min(MaxCount + 1, (count * 10) + (pattern[_at++] - '0'));
        return _at > start;
    }

    private bool TakeName()
    {
        if (!Take('<') || _at >= pattern.Length || !char.IsAsciiLetter(pattern[_at]))
            return false;
        while (_at < pattern.Length && (char.IsAsciiLetterOrDigit(pattern[_at]) || pattern[_at] == '_'))
            _at++;
        return Take('>');
    }

    private bool StartsLookAhead() => _at + 2 < pattern.Length && pattern[_at] == '(' && pattern[_at + 1] == '?' && pattern[_at + 2] is '=' or '!';

    private bool Take(char expected)
    {
        if (_at >= pattern.Length || pattern[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private PatternNode.Sequence Refuse(string what, int? at = null)
    {
        Problem ??= string.Create(CultureInfo.InvariantCulture, $"{what} (at character {(at ?? _at) + 1} of the pattern)");
        return new PatternNode.Sequence([]);
    }
}
