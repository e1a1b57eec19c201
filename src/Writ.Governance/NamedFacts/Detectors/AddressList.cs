using System.Buffers;
using System.Text;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>Takes a list of mail addresses apart (RFC 5322, 3.4); strict, since a mail program is not.</summary>
internal static class AddressList
{
    private static readonly SearchValues<char> NeverInside = SearchValues.Create("<\"(,;:");

    /// <summary>The bare addresses; null where the list is not one.</summary>
    public static List<string>? Read(string text)
    {
        var addresses = new List<string>();
        var (bare, angle) = (new StringBuilder(), (string?)null);
        var inGroup = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            switch (c)
            {
                case '"':
                    var close = Quoted(text, i);
                    if (close < 0)
                        return null;
                    bare.Append(text, i, close - i + 1);
                    i = close;
                    break;
                case '(':
                    if ((i = Comment(text, i)) < 0)
                        return null;
                    break;
                case '<':
                    var end = text.IndexOf('>', i);
                    if (end < 0 || angle is not null || text.AsSpan(i + 1, end - i - 1).ContainsAny(NeverInside))
                        return null;
                    (angle, i) = (text[(i + 1)..end].Trim(), end);
                    bare.Clear();
                    break;
                case ':' when !inGroup && angle is null && !bare.ToString().Contains('@', StringComparison.Ordinal):
                    inGroup = true;
                    bare.Clear();
                    break;
                case ',' or ';':
                    var rest = bare.ToString().Trim();
                    if (angle is not null && rest.Length > 0)
                        return null;
                    if ((angle ?? rest) is { Length: > 0 } address)
                        addresses.Add(address);
                    else if (angle is not null)
                        return null;
                    (angle, inGroup) = (null, inGroup && c == ',');
                    bare.Clear();
                    break;
                case '>' or ':' or '\\':
                    return null;
                default:
                    if (char.IsControl(c))
                        return null;
                    bare.Append(c);
                    break;
            }
        }

        return addresses;
    }

    private static int Quoted(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i;
            else if (char.IsControl(text[i]))
                return -1;
        }

        return -1;
    }

    private static int Comment(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (char.IsControl(text[i]))
                return -1;
            else if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && --depth == 0)
                return i;
        }

        return -1;
    }
}
