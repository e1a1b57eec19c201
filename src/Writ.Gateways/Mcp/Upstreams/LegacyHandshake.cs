using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>The <c>initialize</c> exchange of the legacy era, from the client's side (MCP 2025-11-25, basic/lifecycle).</summary>
internal static class LegacyHandshake
{
    private const int MaxInstructions = 64 * 1024;

    /// <summary>The parameters of <c>initialize</c>: the newest legacy revision, and no capabilities, because none is offered.</summary>
    public static JsonElement Params { get; } = JsonRpcWriter.Build(static (w, _) =>
    {
        w.WriteStartObject();
        w.WriteString("protocolVersion"u8, ProtocolVersion.NewestLegacy);
        w.WriteStartObject("capabilities"u8);
        w.WriteEndObject();
        w.WritePropertyName("clientInfo"u8);
        JsonRpcWriter.CopyTo(w, WritImplementation.Json);
        w.WriteEndObject();
    }, 0);

    /// <summary>Reads the answer to <c>initialize</c>.</summary>
    public static UpstreamOpening Read(UpstreamAnswer answer) => answer switch
    {
        UpstreamAnswer.Result { Value: var result } => ReadResult(result),
        UpstreamAnswer.ProtocolError error => Unusable(UpstreamFailure.NotStarted, $"initialize was answered with error {error.Code}"),
        UpstreamAnswer.Failed failed => Unusable(failed.Kind, $"initialize was not answered: {failed.Detail}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static UpstreamOpening ReadResult(JsonElement result)
    {
        if (!result.TryGetProperty("protocolVersion"u8, out var version) || version.ValueKind != JsonValueKind.String
            || !ProtocolVersion.LegacyUpstream.Contains(version.GetString()!))
        {
            return Unusable(UpstreamFailure.Garbage,
                $"initialize was answered with a protocol version other than {string.Join(", ", ProtocolVersion.LegacyUpstream)}");
        }

        return Info(version.GetString()!, result, result.TryGetProperty("serverInfo"u8, out var server) ? server : default);
    }

    /// <summary>Reads what a server says of itself in either era.</summary>
    public static UpstreamOpening Info(string version, JsonElement result, JsonElement server)
    {
        if (!result.TryGetProperty("capabilities"u8, out var capabilities) || capabilities.ValueKind != JsonValueKind.Object)
            return Unusable(UpstreamFailure.Garbage, "the server states no capabilities");
        string? instructions = null;
        if (result.TryGetProperty("instructions"u8, out var said) && said.ValueKind == JsonValueKind.String
            && (instructions = said.GetString())!.Length > MaxInstructions)
        {
            return Unusable(UpstreamFailure.TooLarge, $"its instructions are longer than {MaxInstructions} characters");
        }

        return new UpstreamOpening.Ready(new UpstreamInfo(version, server, capabilities, instructions));
    }

    private static UpstreamOpening.Unavailable Unusable(UpstreamFailure kind, string detail) => new(kind, detail);
}
