using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Reads a whole tool list page by page, within bounds on pages, tools and bytes.</summary>
internal static class ToolPager
{
    /// <summary>The longest tool name accepted, in characters (MCP 2025-11-25, server/tools, "Tool Names").</summary>
    public const int MaxNameLength = 128;

    private const int MaxCursorLength = 16 * 1024;

    public static async ValueTask<ToolListing> ReadAsync(
        UpstreamLimits limits, Func<JsonElement, CancellationToken, ValueTask<UpstreamAnswer>> page, CancellationToken cancellationToken)
    {
        var tools = ImmutableArray.CreateBuilder<UpstreamTool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        long bytes = 0;
        JsonElement parameters = default;
        for (var pages = 0; pages < limits.MaxToolPages; pages++)
        {
            switch (await page(parameters, cancellationToken))
            {
                case UpstreamAnswer.Failed failed:
                    return new ToolListing.Unavailable(failed.Kind, failed.Detail);
                case UpstreamAnswer.ProtocolError { Code: JsonRpcCode.MethodNotFound } when pages == 0:
                    return new ToolListing.Complete([]);
                case UpstreamAnswer.ProtocolError error:
                    return Garbage($"tools/list answered with error {error.Code}");
                case UpstreamAnswer.Result result:
                    if (Take(result.Value) is { } problem)
                        return problem;
                    if (!result.Value.TryGetProperty("nextCursor"u8, out var next) || next.ValueKind == JsonValueKind.Null)
                        return new ToolListing.Complete(tools.ToImmutable());
                    if (next.ValueKind != JsonValueKind.String || next.GetRawText().Length > MaxCursorLength)
                        return Garbage($"nextCursor is not a string of at most {MaxCursorLength} characters");
                    parameters = JsonRpcWriter.Build(static (w, cursor) =>
                    {
                        w.WriteStartObject();
                        w.WritePropertyName("cursor"u8);
                        JsonRpcWriter.CopyTo(w, cursor);
                        w.WriteEndObject();
                    }, next);
                    break;
            }
        }

        return TooLarge($"its tool list goes on after {limits.MaxToolPages} pages");

        ToolListing.Unavailable? Take(JsonElement result)
        {
            if (!result.TryGetProperty("tools"u8, out var list) || list.ValueKind != JsonValueKind.Array)
                return Garbage("tools/list answered without an array of tools");
            foreach (var definition in list.EnumerateArray())
            {
                if (definition.ValueKind != JsonValueKind.Object
                    || !definition.TryGetProperty("name"u8, out var name) || name.ValueKind != JsonValueKind.String
                    || name.GetString() is not { Length: > 0 and <= MaxNameLength } text)
                {
                    return Garbage($"a tool has no name of 1 to {MaxNameLength} characters");
                }

                if (!names.Add(text))
                    return Garbage("two tools have the same name");
                bytes += JsonMarshal.GetRawUtf8Value(definition).Length;
                if (names.Count > limits.MaxTools)
                    return TooLarge($"it has more than {limits.MaxTools} tools");
                if (bytes > limits.MaxToolBytes)
                    return TooLarge($"its tool definitions are longer than {limits.MaxToolBytes} bytes");
                tools.Add(new UpstreamTool(text, definition));
            }

            return null;
        }
    }

    private static ToolListing.Unavailable Garbage(string detail) => new(UpstreamFailure.Garbage, detail);

    private static ToolListing.Unavailable TooLarge(string detail) => new(UpstreamFailure.TooLarge, detail);
}
