using Microsoft.Net.Http.Headers;

namespace Writ.Server.Telemetry;

/// <summary>
/// Reads the headers of an exporter as the OpenTelemetry SDKs do: <c>name=value,name=value</c>, values percent-encoded where they need it.
/// </summary>
internal static class OtlpHeaders
{
    /// <summary>The headers; null where the text is none. What it holds is secret: nothing here repeats it.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Parse(string text)
    {
        var headers = new List<(string, string)>();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? ("", "") : (pair[..at].Trim(), Uri.UnescapeDataString(pair[(at + 1)..].Trim()));
            if (name.Length == 0 || value.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || !value.All(c => c is >= ' ' and <= '~')
                || name.Equals(HeaderNames.ContentType, StringComparison.OrdinalIgnoreCase) || name.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase))
                return null;
            headers.Add((name, value));
        }

        return headers.Count == 0 ? null : headers;
    }
}
