using System.Buffers;
using System.Text;

namespace Writ.Gateways.Mcp.Wire;

/// <summary>What may stand in an HTTP header, and MCP's form for what may not (2026-07-28, streamable-http, "Value Encoding").</summary>
internal static class HeaderText
{
    private const string EncodedPrefix = "=?base64?";
    private const string EncodedSuffix = "?=";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create(['\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-length", "content-type", "transfer-encoding", "connection", "accept", "accept-encoding", "cookie",
        "expect", "te", "upgrade", "mcp-protocol-version", "mcp-session-id", "mcp-method", "mcp-name", "last-event-id", "content-digest", "signature",
        "signature-input",
    };

    /// <summary>Whether it is a field name (RFC 9110 §5.1).</summary>
    public static bool IsToken(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether it is a field value of visible ASCII, space and tab (RFC 9110 §5.5) without white space at its ends.</summary>
    public static bool IsPlain(string value) =>
        !value.AsSpan().ContainsAnyExcept(ValueCharacters) && value.Length == value.AsSpan().Trim(" \t").Length;

    /// <summary>Whether a definition may not set it.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || name.StartsWith("mcp-param-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value as it stands in a header, encoded where it must be.</summary>
    public static string Encode(string value) =>
        IsPlain(value) && !(value.StartsWith(EncodedPrefix, StringComparison.Ordinal) && value.EndsWith(EncodedSuffix, StringComparison.Ordinal))
            ? value
            : EncodedPrefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + EncodedSuffix;

    /// <summary>The value a header stands for; false when it has characters no header may have, or is encoded badly.</summary>
    public static bool TryDecode(string header, out string value)
    {
        value = header;
        if (!IsPlain(header))
            return false;
        if (!header.StartsWith(EncodedPrefix, StringComparison.Ordinal) || !header.EndsWith(EncodedSuffix, StringComparison.Ordinal)
            || header.Length < EncodedPrefix.Length + EncodedSuffix.Length)
        {
            return true;
        }

        try
        {
            var bytes = Convert.FromBase64String(header[EncodedPrefix.Length..^EncodedSuffix.Length]);
            value = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return true;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return false;
        }
    }
}
