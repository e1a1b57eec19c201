using System.Globalization;
using System.Text;

namespace Writ.Governance.Schemas.Patterns;

/// <summary>
/// Rewrites a pattern of ECMA-262 (22.2.1, Unicode mode, with the lenient braces and dashes of annex B) for .NET, construct by
/// construct, because the same text means other things there: <c>$</c> matches before a last line feed, <c>\d</c> takes the digits of
/// all scripts, <c>[a-z-[x]]</c> subtracts, <c>.</c> takes half a surrogate pair. What it does not know it refuses.
/// </summary>
internal sealed class PatternParser(string pattern)
{
    /// <summary>The largest count a repetition may state.</summary>
    public const int MaxCount = 10_000;

    private const int MaxGroups = 64;
    private const long TooLarge = 1L << 40;

    private int _at;
    private int _depth;

    /// <summary>What was refused, with its position in the pattern; null after a success.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many states the pattern takes, repetitions counted out.</summary>
    public long Size { get; private set; }

    /// <summary>
    /// The conditions that together are the pattern. There is more than one where look-aheads follow a leading <c>^</c>: each holds, or
    /// not, at the start of the text, which is a match of its own, so no engine with look-around is needed.
    /// </summary>
    public IReadOnlyList<PatternPart>? Parse()
    {
        var parts = new List<PatternPart>();
        var rest = new StringBuilder();
        if (Take('^'))
        {
            rest.Append('^');
            while (Problem is null && StartsLookAhead())
            {
                var mustMatch = pattern[_at + 2] == '=';
                _at += 3;
                var condition = new StringBuilder("^(?:");
                Size += Alternatives(condition, out _);
                if (!Take(')'))
                    Refuse("a group that is not closed");
                parts.Add(new(condition.Append(')').ToString(), mustMatch));
            }
        }

        Size += Alternatives(rest, out var several);
        if (_at < pattern.Length)
            Refuse("a closing parenthesis without an opening one");
        if (several && parts.Count > 0)
            Refuse("a look-ahead beside alternatives");
        parts.Add(new(rest.ToString(), true));
        return Problem is null ? parts : null;
    }

    private long Alternatives(StringBuilder regex, out bool several)
    {
        var size = Alternative(regex);
        several = false;
        while (Take('|'))
        {
            several = true;
            regex.Append('|');
            size += 1 + Alternative(regex);
        }

        return size;
    }

    private long Alternative(StringBuilder regex)
    {
        long size = 1;
        while (Problem is null && _at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            if (Take('^') || Take('$'))
                regex.Append(pattern[_at - 1] == '^' ? "^" : @"\z");
            else
                size += Repeated(regex);
            size = Math.Min(TooLarge, size + 1);
        }

        return size;
    }

    private long Repeated(StringBuilder regex)
    {
        var size = Atom(regex);
        if (Problem is not null || !TryQuantifier(out var least, out var most))
            return size;
        if (most < least)
            Refuse("a repetition whose largest count is below its smallest");
        if (least > MaxCount || most is > MaxCount and not int.MaxValue)
            Refuse($"a repetition of more than {MaxCount} times");
        var upTo = most == int.MaxValue ? "" : most.ToString(CultureInfo.InvariantCulture);
        regex.Append(CultureInfo.InvariantCulture, $"{{{least},{upTo}}}");
        return Math.Min(TooLarge, size * Math.Max(1, most == int.MaxValue ? least + 1 : most));
    }

    private long Atom(StringBuilder regex)
    {
        switch (pattern[_at])
        {
            case '(':
                return Group(regex);
            case '[':
                _at++;
                return Write(Class(), regex);
            case '.':
                _at++;
                return Write(CodePointSet.AnyButLineEnd, regex);
            case '*' or '+' or '?':
                Refuse("a repetition of nothing");
                return 0;
            case '{' when TryQuantifier(out _, out _):
                Refuse("a repetition of nothing");
                return 0;
            case '\\':
                return Write(Escaped(inClass: false), regex);
            default:
                return Write(new CodePointSet().Add(CodePoint()), regex);
        }
    }

    private long Group(StringBuilder regex)
    {
        _at++;
        if (Take('?') && !Take(':') && !TakeName())
            Refuse("look-around is taken only directly behind a leading '^', other (?…) groups are not");
        if (++_depth > MaxGroups)
            Refuse($"more than {MaxGroups} groups inside one another");
        if (Problem is not null)
            return 0;
        regex.Append("(?:");
        var size = Alternatives(regex, out _);
        regex.Append(')');
        _depth--;
        if (!Take(')'))
            Refuse("a group that is not closed");
        return size;
    }

    private CodePointSet Class()
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

        return negated ? set.Complement() : set;
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
            if (escaped.Single is not { } codePoint)
            {
                set.Add(escaped.Set);
                return null;
            }

            single = codePoint;
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

    private bool TryQuantifier(out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
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

    private bool TryCounts(out int least, out int most)
    {
        most = int.MaxValue;
        if (!Take('{') | !TryCount(out least))
            return false;
        if (!Take(','))
            most = least;
        else if (_at < pattern.Length && char.IsAsciiDigit(pattern[_at]))
            TryCount(out most);
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

    private static int Write(EscapedAtom atom, StringBuilder regex) => atom.Set.WriteTo(regex);

    private static int Write(CodePointSet set, StringBuilder regex) => set.WriteTo(regex);

    private void Refuse(string what, int? at = null) =>
        Problem ??= string.Create(CultureInfo.InvariantCulture, $"{what} (at character {(at ?? _at) + 1} of the pattern)");
}
