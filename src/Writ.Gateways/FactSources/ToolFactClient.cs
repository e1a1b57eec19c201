using System.Text.Json;
using System.Text;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.Mcp.Wire;
using Writ.Gateways.Mcp;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Kills;
using Writ.Governance.NamedFacts;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Gateways.FactSources;

/// <summary>
/// Asks a tool for a fact: as <see cref="FactAgent"/>, through the governor, forwarded only when permitted, settled like any call. Only
/// tools of class read whose results people trust. Thread safe.
/// </summary>
public sealed class ToolFactClient(
    RegistryHolder registry, Governor governor, Settlement settlement, KillSwitch kills, ServerDirectory servers, ToolWatch watch, TimeProvider time) : IFactClient
{
    private const int MaxText = 256 * 1024;

    /// <inheritdoc/>
    public async ValueTask<FactAnswer> AskAsync(FactQuery query, ActionRequest asker, CancellationToken cancellation)
    {
        if (query.Source.Declaration.Tool?.Split('/') is not [var server, var name] || !ServerSlug.TryParse(server, null, out var slug)
            || !registry.Current.Organizations.TryGetValue(asker.Facts.Organization, out var before) || before.Server(slug) is not { } known)
            return new FactAnswer.Unavailable("there is no such server");
        if (Arguments.Parse(Encoding.UTF8.GetBytes(query.Key)) is not ArgumentsReading.Read { Arguments: var arguments } || before.Tool(slug, name) is not { } seen)
            return new FactAnswer.Unavailable("the server has no such tool");

        var identity = FactAgent.Call(asker, before, seen, arguments, time).Facts.Agent.Id;
        if (servers.Find(known, identity) is not { } upstream)
            return new FactAnswer.Unavailable("the server cannot be used");
        await watch.EnsureSeenAsync(before.Id, known, upstream, cancellation);
        if (!registry.Current.Organizations.TryGetValue(before.Id, out var now) || now.Tool(slug, name) is not { Obstacle: null } tool || !watch.HasSeen(known, upstream))
            return new FactAnswer.Unavailable("the tool is not as it was pinned, or nobody classified it");
        if (tool.Classification is not { Effect: EffectClass.Read, UntrustedResults: false })
            return new FactAnswer.Unavailable("the tool is not of class read with trusted results");

        return await governor.DecideAsync(FactAgent.Call(asker, now, tool, arguments, time)) is Decision.Permitted permitted
            ? await ForwardAsync(asker.Facts.Agent, known, upstream, permitted, name, query, cancellation)
            : new FactAnswer.Unavailable("the look-up was not permitted; its own decision says why");
    }

    private async ValueTask<FactAnswer> ForwardAsync(
        Agent asker, Server known, IUpstream upstream, Decision.Permitted permitted, string tool, FactQuery query, CancellationToken cancellation)
    {
        UpstreamAnswer answer = new UpstreamAnswer.Failed(UpstreamFailure.Refused, "not sent", MayHaveActed: false);
        // A look-up ends with the agent that it is made for.
        using var live = kills.Begin(permitted.Dispatch.Organization, asker, known.Slug, tool);
        TimeSpan? took = null;
        var effect = new CallEffect(CallEffectStatus.Unknown, default, "door_failed");
        try
        {
            // Asked between decision and dispatch, as for any call.
            if (live is not null && registry.Current.Organizations.TryGetValue(permitted.Dispatch.Organization, out var now)
                && ReferenceEquals(now.Server(known.Slug)?.Connection, known.Connection) && watch.HasSeen(known, upstream))
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, live.Killed);
                var sent = time.GetTimestamp();
                answer = await upstream.CallAsync(new UpstreamCall(FactAgent.Name, "tools/call", Parameters(tool, permitted.Arguments.Value), query.Source.Timeout), ended.Token);
                took = time.GetElapsedTime(sent);
            }

            effect = McpForward.EffectOf(answer, live) with { Upstream = took };
        }
        finally
        {
            await settlement.SettleAsync(permitted.Dispatch, new EffectReport(GovernedCalls.StatusOf(effect.Status), effect.Result, effect.Error) { Upstream = effect.Upstream });
        }

        return answer is UpstreamAnswer.Result { Value: var result } && !IsError(result) && ObjectOf(result) is { } fact
            ? new FactAnswer.Answered(fact, $"decision/{permitted.Id}")
            : new FactAnswer.Unavailable("the tool gave no object as its result");
    }

    private static JsonElement Parameters(string tool, JsonElement arguments) => JsonRpcWriter.Build(static (w, s) =>
    {
        w.WriteStartObject();
        w.WriteString("name"u8, s.tool);
        w.WritePropertyName("arguments"u8);
        JsonRpcWriter.CopyTo(w, s.arguments);
        w.WriteEndObject();
    }, (tool, arguments));

    private static bool IsError(JsonElement result) => result.TryGetProperty("isError"u8, out var error) && error.ValueKind != JsonValueKind.False;

    /// <summary>The structured content, or the one text of the content where that is a JSON object.</summary>
    private static JsonElement? ObjectOf(JsonElement result)
    {
        if (result.TryGetProperty("structuredContent"u8, out var structured))
            return structured.ValueKind == JsonValueKind.Object ? structured : null;
        if (!result.TryGetProperty("content"u8, out var content) || content.ValueKind != JsonValueKind.Array || content.GetArrayLength() != 1
            || !content[0].TryGetProperty("text"u8, out var text) || text.ValueKind != JsonValueKind.String || text.GetRawText().Length > MaxText)
            return null;
        return FactJson.Read(Encoding.UTF8.GetBytes(text.GetString()!));
    }
}
