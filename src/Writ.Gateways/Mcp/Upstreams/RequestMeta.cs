using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Writes the <c>_meta</c> of a request as Writ sends it. What belongs to the hop between agent and Writ (progress token,
/// the protocol's own per-request fields) is not passed on; all other fields pass through as they were written.
/// </summary>
internal static class RequestMeta
{
    private const string Prefix = "io.modelcontextprotocol/";

    /// <summary>For a legacy server: the agent's other fields alone, and no <c>_meta</c> when none is left.</summary>
    public static JsonElement ForLegacy(JsonElement parameters) => !HasMeta(parameters) ? parameters : Rewrite(parameters, current: false);

    /// <summary>For a current server: the same, and the three fields that every request carries.</summary>
    public static JsonElement ForCurrent(JsonElement parameters) => Rewrite(parameters, current: true);

    private static bool HasMeta(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("_meta"u8, out _);

    private static JsonElement Rewrite(JsonElement parameters, bool current) => JsonRpcWriter.Build(static (w, s) =>
    {
        w.WriteStartObject();
        JsonElement meta = default;
        if (s.parameters.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in s.parameters.EnumerateObject())
            {
                if (field.NameEquals("_meta"u8))
                    meta = field.Value;
                else
                    Copy(w, field);
            }
        }

        var kept = meta.ValueKind == JsonValueKind.Object ? meta.EnumerateObject().Where(IsEndToEnd).ToList() : [];
        if (kept.Count > 0 || s.current)
        {
            w.WriteStartObject("_meta"u8);
            foreach (var field in kept)
                Copy(w, field);
            if (s.current)
                WriteCurrent(w);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }, (parameters, current));

    private static bool IsEndToEnd(JsonProperty field) =>
        !field.NameEquals("progressToken"u8) && !field.Name.StartsWith(Prefix, StringComparison.Ordinal);

    private static void WriteCurrent(Utf8JsonWriter w)
    {
        w.WriteString("io.modelcontextprotocol/protocolVersion"u8, ProtocolVersion.Current);
        w.WritePropertyName("io.modelcontextprotocol/clientInfo"u8);
        JsonRpcWriter.CopyTo(w, WritImplementation.Json);
        w.WriteStartObject("io.modelcontextprotocol/clientCapabilities"u8);
        w.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter w, JsonProperty field)
    {
        w.WritePropertyName(field.Name);
        JsonRpcWriter.CopyTo(w, field.Value);
    }
}
