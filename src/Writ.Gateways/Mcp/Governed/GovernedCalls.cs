using System.Collections.Immutable;
using System.Diagnostics;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Kills;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Registry;
using Writ.Governance.Shadows;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>Binds the MCP door to the governor. Everything is read from the registry as it stands when it is asked. Thread safe.</summary>
public sealed class GovernedCalls(
    Authenticator authenticator,
    AdmissionControl admission,
    RegistryHolder registry,
    ActionIntake intake,
    Governor governor,
    Settlement settlement,
    KillSwitch kills,
    ServerDirectory servers,
    ToolWatch watch,
    ShadowBook? shadows = null) : ICallGovernor
{
    /// <inheritdoc/>
    public McpCaller? Authenticate(PresentedCredential presented) =>
        authenticator.Authenticate(presented) is Caller.AgentCaller agent ? new GovernedCaller(agent) : null;

    /// <inheritdoc/>
    public McpCaller Under(McpCaller caller, PresentedChain? chain, string? taskToken) =>
        (GovernedCaller)caller with { Chain = chain, TaskToken = taskToken, Task = intake.TaskOf(Proved(caller), taskToken) };

    /// <inheritdoc/>
    public bool TryEnterUnauthenticated(string address) => admission.TryEnterUnauthenticated(address);

    /// <inheritdoc/>
    public void NoteUnknown(in Knock knock) => shadows?.Note(knock);

    /// <inheritdoc/>
    public IDisposable? TryEnter(McpCaller caller) => admission.TryEnter(Proved(caller).Organization.Id, caller.Credential);

    /// <inheritdoc/>
    public bool Reaches(McpCaller caller, string server) =>
        Now(caller) is { } now && ServerSlug.TryParse(server, null, out var slug) && IsReached(now, slug);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<OfferedTool>> OfferAsync(McpCaller caller, string? server, CancellationToken cancellationToken)
    {
        if (Now(caller) is not { Agent.Lifecycle: AgentLifecycle.Active } before)
            return [];
        var reached = before.Organization.ServersBySlug.Values
            .Where(s => (server is null || s.Slug.ToString() == server) && IsReached(before, s.Slug) && !before.Organization.Kills.StopAll(before.Agent, s.Slug))
            .Select(s => s.Slug).ToArray();
        await Task.WhenAll(reached.Select(slug => SeeAsync(before, slug, cancellationToken).AsTask()));

        return Now(caller) is { } now
            ? [.. reached.SelectMany(slug => now.Organization.Server(slug)?.Tools.Values ?? []).Where(tool => IsOffered(now, tool)).Select(Offer)]
            : [];
    }

    /// <inheritdoc/>
    public OfferedTool? Find(McpCaller caller, string server, string tool) =>
        Now(caller) is { } now && ServerSlug.TryParse(server, null, out var slug) && now.Organization.Tool(slug, tool) is { } known && IsOffered(now, known)
            ? Offer(known)
            : null;

    /// <inheritdoc/>
    public async ValueTask<CallDecision> DecideAsync(McpCaller caller, GovernedCall call)
    {
        if (!ServerSlug.TryParse(call.Server, null, out var slug))
            return Refuse(ReasonCodes.NotGranted);
        if (Arguments.Parse(call.Arguments.Span) is not ArgumentsReading.Read { Arguments: var arguments })
            return Refuse(ReasonCodes.ArgumentsInvalid);
        // An agent that is stopped starts no server, not even to look at its tools.
        if (Now(caller) is { Agent.Lifecycle: AgentLifecycle.Active } before && IsReached(before, slug) && !before.Organization.Kills.StopAll(before.Agent, slug))
            await SeeAsync(before, slug, CancellationToken.None);
        if (Now(caller) is not { } now)
            return Refuse(ReasonCodes.CredentialRefused);

        var (request, refusal) = await intake.MakeAsync(new ActionCall
        {
            Caller = now,
            Agent = now.Agent,
            Chain = ((GovernedCaller)caller).Chain,
            Door = Door.Mcp,
            TaskToken = ((GovernedCaller)caller).TaskToken,
            Server = slug,
            Tool = call.Tool,
            Arguments = arguments,
            Report = call.Report,
            Claims = call.ClaimedVersion is { } version ? new Claims(null, null, version) : Claims.None,
            Trace = call.Trace,
            Session = call.Session,
            Enforceable = ConstraintKinds.All,
        });
        return request is null ? Refuse(refusal!) : Answer(await governor.DecideAsync(request), request.Facts.Task.User?.Value);
    }

    /// <inheritdoc/>
    public LiveCall? Begin(McpCaller caller, GovernedCall call) =>
        Now(caller) is { } now && ServerSlug.TryParse(call.Server, null, out var slug) ? kills.Begin(now.Organization.Id, now.Agent, slug, call.Tool) : null;

    /// <inheritdoc/>
    public IUpstream? Upstream(McpCaller caller, string server, ResultRules rules) =>
        // Asked between decision and dispatch: who was stopped in the meantime dispatches nothing any more (law 9).
        Now(caller) is { Agent.Lifecycle: AgentLifecycle.Active } now && ServerSlug.TryParse(server, null, out var slug) && now.Organization.Server(slug) is { } known
            && Isolation.Of(known.Connection) >= rules.Ring
            && servers.Find(known, now.Agent.Id) is { } upstream && watch.HasSeen(known, upstream)
            ? upstream
            : null;

    /// <inheritdoc/>
    public async ValueTask SettleAsync(CallDecision.Permitted permitted, CallEffect effect) =>
        await settlement.SettleAsync((Dispatch)permitted.Owed, new EffectReport(StatusOf(effect.Status), effect.Result, effect.Error) { Upstream = effect.Upstream });

    private async ValueTask SeeAsync(Caller.AgentCaller caller, ServerSlug slug, CancellationToken cancellationToken)
    {
        // A server that shows nothing hides no other; what is permitted on it is then not forwarded, see Upstream.
        if (caller.Organization.Server(slug) is { } server && servers.Find(server, caller.Agent.Id) is { } upstream)
            await watch.EnsureSeenAsync(caller.Organization.Id, server, upstream, cancellationToken);
    }

    private static Caller.AgentCaller Proved(McpCaller caller) => ((GovernedCaller)caller).Proved;

    /// <summary>The caller in the registry as it stands now; null when the agent is gone from it, or its credential was revoked since, or whoever vouched for it.</summary>
    private Caller.AgentCaller? Now(McpCaller caller)
    {
        var proved = Proved(caller);
        return registry.Current.Organizations.TryGetValue(proved.Organization.Id, out var state) && state.Agents.TryGetValue(proved.Agent.Id, out var agent)
            && state.StillHolds(proved.KeyId)
            && (proved.Assurance == Assurances.Low
                || (ReferenceEquals(state.TrustDomains.Own, proved.Organization.TrustDomains.Own) && ReferenceEquals(state.TrustDomains.Foreign, proved.Organization.TrustDomains.Foreign)))
            ? Narrowed(proved with { Organization = state, Agent = agent }, (GovernedCaller)caller)
            : null;
    }

    private Caller.AgentCaller Narrowed(Caller.AgentCaller now, GovernedCaller caller) => now with { Agent = intake.Under(now, caller.Chain, caller.Task) };

    private static bool IsReached(Caller.AgentCaller caller, ServerSlug server) =>
        caller.Organization.Server(server) is { Connection: not ServerConnection.Declared } && caller.Agent.Grants.Any(grant => grant.Server == server);

    private static bool IsOffered(Caller.AgentCaller caller, Tool tool) =>
        tool.Obstacle is null
        && caller.Agent.Lifecycle == AgentLifecycle.Active
        && caller.Organization.Kills.Stopping(caller.Agent, tool.Server, tool.Name) is null
        && caller.Agent.Grants.Any(grant => grant.Covers(tool.Server, tool.Name))
        && (caller.Organization.Policy.Snapshot.CouldAllow(caller.Agent, tool) || caller.Organization.Canary?.Policy.Snapshot.CouldAllow(caller.Agent, tool) == true);

    private static OfferedTool Offer(Tool tool) => new(tool.Server.ToString(), tool.Name, tool.Definition!.Document);

    private static CallDecision.Refused Refuse(ReasonCode reason) => new(new CallRefusal(reason.Code, reason.AgentMessage, null));

    private static CallDecision Answer(Decision decision, string? user) => decision switch
    {
        Decision.Permitted permitted => new CallDecision.Permitted(permitted.Dispatch, permitted.Arguments.Value, new ResultRules
        {
            Ring = permitted.Constraints.Ring,
            TimeLimit = permitted.Constraints.TimeLimit,
            OutputLimit = permitted.Constraints.OutputLimit,
            RedactedFields = permitted.Constraints.RedactedFields,
            Subject = user ?? "",
            SubjectFields = permitted.Constraints.SubjectFields,
        }),
        Decision.Held held => new CallDecision.Refused(Show(held, held.Refusal) with { Approval = held.Approval.ToString(), ExpiresAt = held.ExpiresAt }),
        Decision.Remedied remedied => new CallDecision.Refused(
            Show(remedied, remedied.Refusal) with { RemedyTool = remedied.Remedy.Tool, RemedyArguments = remedied.Remedy.Arguments.Value }),
        Decision.Denied denied => new CallDecision.Refused(Show(denied, denied.Refusal)),
        _ => throw new UnreachableException(),
    };

    private static CallRefusal Show(Decision decision, Refusal refusal) =>
        new(refusal.Reason.Code, refusal.Reason.AgentMessage, refusal.EscalationToken) { Outcome = decision.Outcome.Word() };

    internal static EffectStatus StatusOf(CallEffectStatus status) => status switch
    {
        CallEffectStatus.Executed => EffectStatus.Executed,
        CallEffectStatus.Failed => EffectStatus.Failed,
        CallEffectStatus.TimedOut => EffectStatus.TimedOut,
        CallEffectStatus.Cancelled => EffectStatus.Cancelled,
        CallEffectStatus.NotDispatched => EffectStatus.NotDispatched,
        CallEffectStatus.Unknown => EffectStatus.Unknown,
        _ => throw new UnreachableException(),
    };
}
