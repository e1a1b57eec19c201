using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Gateways.Mcp.Wire;
using Writ.Governance.Decisions;
using Writ.Governance.Kills;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Carries one tool call out: decide, forward under the rules it was permitted with, settle, answer. The only place from where
/// anything of an agent's reaches a server, and only behind a permission.
/// </summary>
internal sealed class McpForward(ICallGovernor governor, TimeProvider time)
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    /// <summary>The answer to a call. <paramref name="disconnected"/> fires when the agent went away or cancelled (T68).</summary>
    public async Task<DoorReply> CallAsync(
        McpCaller caller, string? door, JsonRpcMessage.Request request, bool current, Guid? session, IHeaderDictionary headers, CancellationToken disconnected)
    {
        SelfReport? report = null;
        string? version = null;
        if ((Read(door, request.Params, out var named, out var arguments) ?? CallMeta.ReadReport(request.Params, out report) ?? CallMeta.ReadVersion(request.Params, out version)) is { } problem)
            return DoorReply.Protocol(current ? 400 : 200, request.Id, JsonRpcCode.InvalidParams, DoorCodes.ParamsRefused, problem);
        var (server, tool) = named;
        if (current && governor.Find(caller, server, tool) is { } offered && HeaderCheck.CompareParameters(headers, offered.Definition, arguments) is { } mismatch)
            return DoorReply.Protocol(400, request.Id, JsonRpcCode.HeaderMismatch, DoorCodes.HeaderMismatch, $"Header mismatch: {mismatch}");

        var call = new GovernedCall(server, tool, JsonMarshal.GetRawUtf8Value(arguments).ToArray())
        {
            Report = report,
            ClaimedVersion = version,
            Trace = CallMeta.Trace(request.Params, HeaderCheck.Single(headers, "traceparent")),
            Session = session,
        };
        return await governor.DecideAsync(caller, call) switch
        {
            CallDecision.Refused { Refusal: var refusal } =>
                DoorReply.Refusal(200, request.Id, refusal, refusal.RemedyTool is { } remedy ? ToolNaming.Shown(door, server, remedy) : null),
            CallDecision.Permitted permitted => await ForwardAsync(caller, call, permitted, request, current, disconnected),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<DoorReply> ForwardAsync(
        McpCaller caller, GovernedCall call, CallDecision.Permitted permitted, JsonRpcMessage.Request request, bool current, CancellationToken disconnected)
    {
        UpstreamAnswer answer = new UpstreamAnswer.Failed(UpstreamFailure.Refused, "not sent", MayHaveActed: false);
        using var live = governor.Begin(caller, call);
        var settled = false;
        TimeSpan? took = null;
        try
        {
            if (live is not null && governor.Upstream(caller, call.Server, permitted.Rules) is { } upstream)
            {
                var parameters = Params(request.Params, call.Tool, permitted.Arguments);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(disconnected, live.Killed);
                var sent = time.GetTimestamp();
                answer = await upstream.CallAsync(new UpstreamCall(caller.Credential, "tools/call", parameters, permitted.Rules.TimeLimit), ended.Token);
                took = time.GetElapsedTime(sent);
            }

            await governor.SettleAsync(permitted, EffectOf(answer, live) with { Upstream = took });
            settled = true;
        }
        finally
        {
            // A bug must not leave a permitted call without an effect.
            if (!settled)
                await governor.SettleAsync(permitted, new CallEffect(CallEffectStatus.Unknown, default, "door_failed"));
        }

        // Not even the result of what ran to its end: who was killed learns nothing any more.
        if (live is null or { Killed.IsCancellationRequested: true })
            return DoorReply.Refusal(200, request.Id, DoorCodes.OfKilled);
        return answer switch
        {
            UpstreamAnswer.Result result => DoorReply.Result(request.Id, Complete(ResultShaper.Apply(permitted.Rules, result.Value), current)),
            UpstreamAnswer.ProtocolError error when permitted.Rules.LeaveResultsAlone =>
                new DoorReply(200, JsonRpcWriter.Error(request.Id, error.Code, error.Message, error.Data)),
            // An error's text is the server's own and no more to be shown than a result would be.
            UpstreamAnswer.ProtocolError error =>
                new DoorReply(200, JsonRpcWriter.Error(request.Id, error.Code, "The server of this tool answered with an error that is withheld.")),
            UpstreamAnswer.Failed failed => DoorReply.Refusal(200, request.Id, DoorCodes.Of(failed.Kind)),
            _ => throw new UnreachableException(),
        };
    }

    private static string? Read(string? door, JsonElement parameters, out (string, string) named, out JsonElement arguments)
    {
        (named, arguments) = (("", ""), NoArguments);
        if (parameters.ValueKind != JsonValueKind.Object
            || !parameters.TryGetProperty("name"u8, out var name) || name.ValueKind != JsonValueKind.String)
        {
            return "params.name is a string";
        }

        if (parameters.TryGetProperty("arguments"u8, out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
                return "params.arguments is an object";
            arguments = given;
        }

        // What no gate reads may change what a call means (task, inputResponses, and what is not invented yet): to pass it on would be a
        // way around the policy, and to drop it without a word would run another call than the agent made.
        foreach (var member in parameters.EnumerateObject())
        {
            if (!member.NameEquals("name"u8) && !member.NameEquals("arguments"u8) && !member.NameEquals("_meta"u8))
                return "params holds name, arguments and _meta; other members are not offered";
        }

        if (name.GetRawText().Length > 512 || ToolNaming.Parse(door, name.GetString()!) is not { } parsed)
            return "params.name is not the name of a tool listed here";
        named = parsed;
        return parsed.Tool.Length > ToolPager.MaxNameLength ? $"params.name is longer than {ToolPager.MaxNameLength} characters" : null;
    }

    private static JsonElement Params(JsonElement given, string tool, JsonElement arguments) => JsonRpcWriter.Build(static (w, s) =>
    {
        w.WriteStartObject();
        w.WriteString("name"u8, s.tool);
        w.WritePropertyName("arguments"u8);
        JsonRpcWriter.CopyTo(w, s.arguments);
        TraceContext.Write(w, s.given);
        w.WriteEndObject();
    }, (given, tool, arguments));

    private static JsonElement Complete(JsonElement result, bool current)
    {
        if (!current || result.TryGetProperty("resultType"u8, out _))
            return result;
        return JsonRpcWriter.Build(static (w, result) =>
        {
            w.WriteStartObject();
            w.WriteString("resultType"u8, "complete"u8);
            foreach (var member in result.EnumerateObject())
            {
                w.WritePropertyName(member.Name);
                JsonRpcWriter.CopyTo(w, member.Value);
            }

            w.WriteEndObject();
        }, result);
    }

    /// <summary>What happened to a call that a kill may have ended.</summary>
    internal static CallEffect EffectOf(UpstreamAnswer answer, LiveCall? live)
    {
        var effect = EffectOf(answer);
        return answer is UpstreamAnswer.Failed && (live is null or { Killed.IsCancellationRequested: true }) ? effect with { Error = "killed" } : effect;
    }

    /// <summary>What the door saw happen, for the record.</summary>
    internal static CallEffect EffectOf(UpstreamAnswer answer) => answer switch
    {
        UpstreamAnswer.Result { Value: var result } => new CallEffect(
            result.TryGetProperty("isError"u8, out var error) && error.ValueKind == JsonValueKind.True ? CallEffectStatus.Failed : CallEffectStatus.Executed,
            JsonMarshal.GetRawUtf8Value(result).ToArray()),
        UpstreamAnswer.ProtocolError error => new CallEffect(
            CallEffectStatus.Failed, JsonRpcWriter.Error(null, error.Code, error.Message, error.Data), "upstream_error"),
        UpstreamAnswer.Failed { MayHaveActed: false } failed => new CallEffect(CallEffectStatus.NotDispatched, default, Word(failed.Kind)),
        UpstreamAnswer.Failed failed => new CallEffect(
            failed.Kind switch
            {
                UpstreamFailure.TimedOut => CallEffectStatus.TimedOut,
                UpstreamFailure.Cancelled => CallEffectStatus.Cancelled,
                _ => CallEffectStatus.Unknown,
            },
            default, Word(failed.Kind)),
        _ => throw new UnreachableException(),
    };

    private static string Word(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Refused => "upstream_refused",
        UpstreamFailure.NotStarted => "upstream_not_started",
        UpstreamFailure.Overloaded => "upstream_overloaded",
        UpstreamFailure.TimedOut => "upstream_timed_out",
        UpstreamFailure.Cancelled => "caller_cancelled",
        UpstreamFailure.Died => "upstream_died",
        UpstreamFailure.TooLarge => "upstream_too_large",
        UpstreamFailure.Garbage => "upstream_garbage",
        UpstreamFailure.Closed => "upstream_closed",
        _ => throw new UnreachableException(),
    };
}
