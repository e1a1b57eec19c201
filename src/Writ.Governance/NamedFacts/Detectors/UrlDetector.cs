using System.Net;
using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// Where URLs lead. Only what every program reads alike: an absolute URL without blanks, control characters or backslashes, whose host
/// is a name or an address in its usual form. Anything else makes the fact unavailable.
/// </summary>
internal static class UrlDetector
{
    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var (hosts, domains, schemes) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var ports = new SortedSet<int>();
        var (credentials, ip) = (false, false);
        foreach (var text in texts)
        {
            if (!IsPlain(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || Authority(text) is not { } authority)
                return new PoisonValue("the arguments hold something that is no absolute URL");
            var at = authority.LastIndexOf('@');
            credentials |= at >= 0;
            if (Host(authority[(at + 1)..], out var isAddress) is not { } host || url.Port < 0)
                return new PoisonValue("the host of the URL is written in a way that programs read differently");
            ip |= isAddress;
            hosts.Add(host);
            domains.Add(isAddress ? host : RegistrableDomain.Of(host));
            schemes.Add(url.Scheme);
            ports.Add(url.Port);
        }

        return RecordValue.Of(
            ("credentials", credentials), ("domains", DetectorInput.Set(domains)), ("hosts", DetectorInput.Set(hosts)), ("ip", ip),
            ("ports", SetValue.Of(ports.Select(port => (Value)port))), ("schemes", DetectorInput.Set(schemes)));
    }

    private static bool IsPlain(string text) => text.Length is > 0 and <= 8_192 && !text.Any(c => c is '\\' or ' ' || char.IsControl(c) || char.IsWhiteSpace(c));

    /// <summary>What stands between the two slashes and the path, as written.</summary>
    private static string? Authority(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start <= 0 || !text.AsSpan(0, start).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
            return null;
        var rest = text[(start + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    private static string? Host(string authority, out bool isAddress)
    {
        isAddress = false;
        var colon = authority.LastIndexOf(':');
        var bracket = authority.LastIndexOf(']');
        var written = colon > bracket ? authority[..colon] : authority;
        if (written.StartsWith('['))
        {
            isAddress = written.EndsWith(']') && IPAddress.TryParse(written[1..^1], out _);
            return isAddress ? $"[{IPAddress.Parse(written[1..^1])}]" : null;
        }

        if (HostName.Read(written) is not { } name)
            return null;
        isAddress = IPAddress.TryParse(name, out var address) && name.Count(c => c == '.') == 3 && address.ToString() == name;
        return isAddress || !HostName.LooksLikeAddress(name) ? name : null;
    }
}
