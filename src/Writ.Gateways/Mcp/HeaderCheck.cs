using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Compares the headers that the current era mirrors with the body (2026-07-28, streamable-http, "Server Validation"). The body
/// alone is what is decided and run; a header that disagrees is a refusal, so nobody in between can be told something else (T55).
/// </summary>
internal static class HeaderCheck
{
    public const string ProtocolVersionHeader = "MCP-Protocol-Version";
    private const string ParameterPrefix = "Mcp-Param-";

    /// <summary>What disagrees, or null. <paramref name="version"/> is the one in the body.</summary>
    public static string? Compare(IHeaderDictionary headers, string? version, JsonRpcMessage.Request request)
    {
        if (version is null)
            return "the body's _meta carries no protocol version";
        if (Single(headers, ProtocolVersionHeader) != version)
            return $"{ProtocolVersionHeader} is missing or is not the protocol version of the body";
        if (Single(headers, "Mcp-Method") != request.Method)
            return "Mcp-Method is missing or is not the method of the body";
        var source = request.Method switch
        {
            "tools/call" or "prompts/get" => "name",
            "resources/read" => "uri",
            _ => null,
        };
        if (source is null)
            return null;
        var named = request.Params.ValueKind == JsonValueKind.Object && request.Params.TryGetProperty(source, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
        return named is not null && Single(headers, "Mcp-Name") is { } header && HeaderText.TryDecode(header, out var decoded) && decoded == named
            ? null
            : $"Mcp-Name is missing or is not the {source} of the body";
    }

    /// <summary>What disagrees between the arguments of a tool and the headers its definition mirrors them into, or null.</summary>
    public static string? CompareParameters(IHeaderDictionary headers, JsonElement definition, JsonElement arguments)
    {
        if (!MirroredParameters.TryRead(definition, out var mirrored))
            return null;
        var expected = MirroredParameters.Headers(mirrored, arguments).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var name in mirrored.Select(p => p.Header))
        {
            var header = Single(headers, name);
            var present = headers.ContainsKey(name);
            if (!expected.TryGetValue(name, out var wanted))
            {
                if (present)
                    return $"{name} is sent, but the body has no value for it";
                continue;
            }

            HeaderText.TryDecode(wanted, out var value);
            if (header is null || !HeaderText.TryDecode(header, out var decoded) || (decoded != value && !SameNumber(decoded, value)))
                return $"{ParameterPrefix}{name.AsSpan(ParameterPrefix.Length)} is missing or is not the value in the body";
        }

        return null;
    }

    /// <summary>The one value of a header; null when it is absent or sent more than once.</summary>
    public static string? Single(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;

    private static bool SameNumber(string a, string b) =>
        decimal.TryParse(a, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var x)
        && decimal.TryParse(b, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var y)
        && x == y;
}
