using System.Text;

namespace Writ.Governance.Schemas.Values;

/// <summary>
/// JSON pointers (RFC 6901) for people to read. Names come from untrusted senders, so a pointer ends before the first
/// token that is not <see cref="Printable"/>: it then names the nearest ancestor that can be named.
/// </summary>
internal static class JsonPointer
{
    private const int MaxLength = 512;

    public static string Of(IEnumerable<string> tokens)
    {
        var pointer = new StringBuilder();
        foreach (var token in tokens)
        {
            if (!Printable.Is(token) || pointer.Length + token.Length > MaxLength)
                break;
            pointer.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return pointer.ToString();
    }

    public static string Of(Datum datum)
    {
        var tokens = new Stack<string>();
        for (var at = datum; at.Parent is not null; at = at.Parent)
            tokens.Push(at.Token);
        return Of(tokens);
    }
}
