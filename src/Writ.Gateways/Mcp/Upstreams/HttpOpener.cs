using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Opens a server over HTTP in its own era: asks as the current era does, and shakes hands as the legacy era does when the
/// answer is not of the current one (2026-07-28, basic/versioning, "Backward Compatibility").
/// </summary>
internal sealed class HttpOpener(HttpExchange exchange, Func<JsonRpcRead, ValueTask> aside)
{
    public async Task<(HttpOpening? Opening, UpstreamOpening Outcome)> OpenAsync(CancellationToken cancellationToken)
    {
        var probe = await SendAsync("server/discover", RequestMeta.ForCurrent(default),
            [new("MCP-Protocol-Version", ProtocolVersion.Current), new("Mcp-Method", "server/discover")], cancellationToken);
        switch (probe)
        {
            case HttpReply.Broken broken:
                return Fail(broken.Failure.Kind, broken.Failure.Detail);
            case HttpReply.Answer { Message: JsonRpcMessage.Result { Value: var result } } when Lists(result, "supportedVersions", ProtocolVersion.Current):
                var server = result.TryGetProperty("_meta"u8, out var meta) && meta.ValueKind == JsonValueKind.Object
                    && meta.TryGetProperty("io.modelcontextprotocol/serverInfo"u8, out var info) ? info : default;
                return Opened(LegacyHandshake.Info(ProtocolVersion.Current, result, server), isCurrent: true, session: null);
            case HttpReply.Answer { Message: JsonRpcMessage.Error { Code: JsonRpcCode.UnsupportedProtocolVersion } error }
                when !ProtocolVersion.LegacyUpstream.Any(v => Lists(error.Data, "supported", v)):
                return Fail(UpstreamFailure.Refused, "the server supports no protocol version that Writ speaks");
            case HttpReply.Answer { Message: JsonRpcMessage.Error { Code: JsonRpcCode.HeaderMismatch or JsonRpcCode.MissingRequiredClientCapability } error }:
                return Fail(UpstreamFailure.Refused, $"the server refused server/discover with error {error.Code}");
            case HttpReply.Bare { Status: 401 or 403 }:
                return Fail(UpstreamFailure.Refused, "the server demands a credential that it was not given");
            case HttpReply.Bare { Status: >= 300 and < 400 }:
                return Fail(UpstreamFailure.Refused, "the server redirects; redirects are not followed, so state the final address");
            case HttpReply.Bare { Status: >= 500 } bare:
                return Fail(UpstreamFailure.NotStarted, $"the server answered with HTTP status {bare.Status}");
        }

        return await ShakeHandsAsync(cancellationToken);
    }

    private async Task<(HttpOpening?, UpstreamOpening)> ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var reply = await SendAsync("initialize", LegacyHandshake.Params, [], cancellationToken);
        if (reply is HttpReply.Bare bare)
            return Fail(UpstreamFailure.NotStarted, $"initialize was answered with HTTP status {bare.Status}");
        var (opening, outcome) = Opened(LegacyHandshake.Read(Answer(reply)), isCurrent: false, (reply as HttpReply.Answer)?.Session);
        if (opening is null)
            return (opening, outcome);
        var noted = await exchange.PostAsync(
            JsonRpcWriter.Notification("notifications/initialized", default), null, opening.Headers, aside, cancellationToken);
        return noted is HttpReply.Bare { Status: >= 200 and < 300 }
            ? (opening, outcome)
            : Fail(UpstreamFailure.NotStarted, "the server did not accept notifications/initialized");
    }

    /// <summary>An answer as every transport gives it.</summary>
    public static UpstreamAnswer Answer(HttpReply reply) => reply switch
    {
        HttpReply.Answer { Message: JsonRpcMessage.Result result } => new UpstreamAnswer.Result(result.Value),
        HttpReply.Answer { Message: JsonRpcMessage.Error error } => new UpstreamAnswer.ProtocolError(error.Code, error.Message, error.Data),
        HttpReply.Broken broken => broken.Failure,
        HttpReply.Bare { Status: >= 500 } bare => new UpstreamAnswer.Failed(UpstreamFailure.Died, $"the server answered with HTTP status {bare.Status}", MayHaveActed: true),
        HttpReply.Bare bare => new UpstreamAnswer.Failed(UpstreamFailure.Garbage, $"the server answered with HTTP status {bare.Status} and no JSON-RPC", MayHaveActed: bare.Status < 400),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Task<HttpReply> SendAsync(string method, JsonElement parameters, KeyValuePair<string, string>[] headers, CancellationToken cancellationToken) =>
        exchange.PostAsync(JsonRpcWriter.Request(JsonRpcId.Of(0), method, parameters), JsonRpcId.Of(0), headers, aside, cancellationToken);

    private static (HttpOpening?, UpstreamOpening) Opened(UpstreamOpening outcome, bool isCurrent, string? session) =>
        (outcome is UpstreamOpening.Ready ready ? new HttpOpening(ready, isCurrent, session) : null, outcome);

    private static (HttpOpening?, UpstreamOpening) Fail(UpstreamFailure kind, string detail) => (null, new UpstreamOpening.Unavailable(kind, detail));

    private static bool Lists(JsonElement holder, string member, string version) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String && v.ValueEquals(version));
}
