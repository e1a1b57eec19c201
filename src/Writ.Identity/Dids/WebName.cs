using System.Buffers;
using System.Globalization;

namespace Writ.Identity.Dids;

/// <summary>
/// The part of a <c>did:web</c> after its method (did:web section 3.1), read by a parser of its own: URL libraries change case, decode and
/// resolve, and then two identifiers become one, or one host becomes another.
/// </summary>
internal static class WebName
{
    private const string Port = "%3A";
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> SegmentCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>Checks a name and says where its document is.</summary>
    public static DidFault Check(ReadOnlySpan<char> name, out string address)
    {
        address = "";
        var colon = name.IndexOf(':');
        var authority = colon < 0 ? name : name[..colon];
        var percent = authority.IndexOf('%');
        var host = percent < 0 ? authority : authority[..percent];
        if (!IsHost(host))
            return DidFault.WrongHost;
        var port = 0;
        if (percent >= 0 && !TryReadPort(authority[percent..], out port))
            return DidFault.WrongPort;
        var path = colon < 0 ? [] : name[(colon + 1)..];
        if (colon >= 0 && !IsPath(path))
            return DidFault.WrongPath;
        var origin = port == 0 ? $"https://{host}" : string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}");
        address = colon < 0 ? $"{origin}/.well-known/did.json" : $"{origin}/{path.ToString().Replace(':', '/')}/did.json";
        return DidFault.None;
    }

    // Section 3.1 excludes addresses: the last label of a name begins with a letter, that of an IPv4 address never does (0x7f.1 included).
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty || host.Length > MaxHostLength || host.IndexOf('.') < 0)
            return false;
        var last = default(ReadOnlySpan<char>);
        foreach (var range in host.Split('.'))
        {
            last = host[range];
            if (last.IsEmpty || last.Length > MaxLabelLength || last.ContainsAnyExcept(LabelCharacters) || last[0] == '-' || last[^1] == '-')
                return false;
        }

        return char.IsAsciiLetterLower(last[0]);
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (!text.StartsWith(Port, StringComparison.Ordinal))
            return false;
        var digits = text[Port.Length..];
        return digits.Length is >= 1 and <= 5 && digits[0] != '0' && !digits.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
    }

    private static bool IsPath(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split(':'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.ContainsAnyExcept(SegmentCharacters) || !segment.ContainsAnyExcept('.'))
                return false;
        }

        return true;
    }
}
