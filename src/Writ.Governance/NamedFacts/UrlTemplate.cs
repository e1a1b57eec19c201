using System.Text;
using System.Text.Json;
using Writ.Governance.NamedFacts.Detectors;

namespace Writ.Governance.NamedFacts;

/// <summary>A URL with <c>{key}</c> where values go. Scheme and host are fixed, and a value never becomes more than one piece of path or query.</summary>
internal static class UrlTemplate
{
    /// <summary>What is wrong with a template, or null.</summary>
    public static string? Problem(string template, IEnumerable<string> keys)
    {
        var names = keys.ToArray();
        var bare = names.Aggregate(template, (text, key) => text.Replace($"{{{key}}}", "x", StringComparison.Ordinal));
        if (bare.Contains('{', StringComparison.Ordinal) || bare.Contains('}', StringComparison.Ordinal))
            return "url names something in braces that is not in key";
        if (names.FirstOrDefault(key => !template.Contains($"{{{key}}}", StringComparison.Ordinal)) is { } unused)
            return $"url does not use '{unused}' of key: every call would get one answer";
        if (bare.Contains('#', StringComparison.Ordinal) || bare.Contains('\\', StringComparison.Ordinal) || bare.Any(char.IsWhiteSpace))
            return "url has no fragment, backslash or blank";
        if (!Uri.TryCreate(bare, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
            return "url is http or https, without credentials in it";
        var origin = url.GetLeftPart(UriPartial.Authority);
        return template.StartsWith(origin + "/", StringComparison.Ordinal) && url.AbsoluteUri == bare && !LooksOdd(url)
            ? null
            : "url is written as it is sent, scheme and host in lower case, and no value goes into them";
    }

    /// <summary>The URL for a key; null where a value would be read as a part of the path that is no name.</summary>
    public static Uri? Fill(string template, string key)
    {
        var filled = new StringBuilder(template);
        using var values = JsonDocument.Parse(key);
        foreach (var member in values.RootElement.EnumerateObject())
        {
            var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            // Dots alone are steps in a path even when they are escaped, and an empty piece joins its neighbours.
            if (text.Length is 0 or > 512 || text.All(c => c == '.') || text.Any(char.IsControl))
                return null;
            filled.Replace($"{{{member.Name}}}", Uri.EscapeDataString(text));
        }

        // Nothing may read the URL otherwise than it stands here.
        return Uri.TryCreate(filled.ToString(), UriKind.Absolute, out var url) && url.AbsoluteUri == filled.ToString() ? url : null;
    }

    private static bool LooksOdd(Uri url) => url.HostNameType == UriHostNameType.Dns && (HostName.Read(url.Host) is not { } name || HostName.LooksLikeAddress(name));
}
