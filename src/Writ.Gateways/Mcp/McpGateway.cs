using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Binds the MCP door to the governor: credentials to agents, calls to actions, decisions to answers, and registered servers to
/// upstreams. One upstream per organization, server and agent; no two agents ever share a process. Thread safe.
/// </summary>
public sealed class McpGateway : ICallGovernor, IToolSource, IAsyncDisposable
{
    private const string RegistryIdentity = "registry";

    private readonly ConcurrentDictionary<UpstreamKey, OpenServer> _open = new();
    private readonly ServerDefinitions _definitions;
    private readonly UpstreamPool _pool;
    private readonly RegistryHolder _registry;
    private readonly Authenticator _authenticator;
    private readonly AdmissionControl _admission;
    private readonly ActionIntake _intake;
    private readonly Governor _governor;
    private readonly Settlement _settlement;
    private readonly ToolObservation _observation;

    /// <param name="registry">What is known.</param>
    /// <param name="authenticator">Who calls.</param>
    /// <param name="admission">What may come in.</param>
    /// <param name="intake">Makes requests of calls.</param>
    /// <param name="governor">Decides.</param>
    /// <param name="settlement">Records what happened.</param>
    /// <param name="observation">Takes note of what servers show.</param>
    /// <param name="protectedFolders">Folders that no child process ever sees: Writ's data and keys.</param>
    /// <param name="callTimeout">The longest an upstream may take for a call.</param>
    /// <param name="time">The clock.</param>
    public McpGateway(
        RegistryHolder registry, Authenticator authenticator, AdmissionControl admission, ActionIntake intake, Governor governor,
        Settlement settlement, ToolObservation observation, ImmutableArray<string> protectedFolders, TimeSpan callTimeout, TimeProvider time)
    {
        (_registry, _authenticator, _admission, _intake, _governor, _settlement, _observation) =
            (registry, authenticator, admission, intake, governor, settlement, observation);
        _definitions = new ServerDefinitions(callTimeout);
        _pool = new UpstreamPool(new Bubblewrap(), protectedFolders, time);
    }

    McpCaller? ICallGovernor.Authenticate(string? authorization) =>
        _authenticator.Authenticate(authorization) is Caller.AgentCaller agent ? new AgentMcpCaller(agent) : null;

    bool ICallGovernor.TryEnterUnauthenticated(string address) => _admission.TryEnterUnauthenticated(address);

    IDisposable? ICallGovernor.TryEnter(McpCaller caller) => _admission.TryEnter(Proved(caller).Organization.Id, caller.Credential);

    bool ICallGovernor.Reaches(McpCaller caller, string server) => ReachedServer(Proved(caller), server) is not null;

    async ValueTask<ImmutableArray<OfferedTool>> ICallGovernor.OfferAsync(McpCaller caller, string? server, CancellationToken cancellationToken)
    {
        var proved = Proved(caller);
        if (proved.Agent.Lifecycle != AgentLifecycle.Active)
            return [];
        var reached = proved.Organization.ServersBySlug.Values
            .Where(s => (server is null || s.Slug.ToString() == server) && ReachedServer(proved, s.Slug.ToString()) is not null)
            .ToArray();
        var usable = await Task.WhenAll(reached.Select(async s => (s.Slug, Usable: await ObserveAsync(proved, s, cancellationToken) is null)));

        // What was just observed may have changed the registry: show what holds now.
        var state = _registry.Current.Organizations[proved.Organization.Id];
        return
        [
            .. usable.Where(u => u.Usable)
                .SelectMany(u => state.Server(u.Slug)?.Tools.Values ?? [])
                .Where(t => IsOffered(state, proved.Agent, t))
                .Select(t => new OfferedTool(t.Server.ToString(), t.Name, t.Definition!.Document)),
        ];
    }

    OfferedTool? ICallGovernor.Find(McpCaller caller, string server, string tool)
    {
        var proved = Proved(caller);
        return ReachedServer(proved, server)?.Tools.GetValueOrDefault(tool) is { } found && IsOffered(proved.Organization, proved.Agent, found)
            ? new OfferedTool(server, tool, found.Definition!.Document)
            : null;
    }

    async ValueTask<CallDecision> ICallGovernor.DecideAsync(McpCaller caller, GovernedCall call)
    {
        var proved = Proved(caller);
        if (!ServerSlug.TryParse(call.Server, null, out var server) || !ToolName.IsValid(call.Tool))
            return Refused(ReasonCodes.NotGranted);
        if (Arguments.Parse(call.Arguments.Span) is not ArgumentsReading.Read { Arguments: var arguments })
            return Refused(ReasonCodes.ArgumentsInvalid);

        // A server that cannot be observed now may have changed what its tools are; the call is decided, and then not sent.
        if (ReachedServer(proved, call.Server) is { } reached && proved.Agent.Lifecycle == AgentLifecycle.Active)
        {
            await ObserveAsync(proved, reached, CancellationToken.None);
            proved = proved with { Organization = _registry.Current.Organizations[proved.Organization.Id] };
        }

        var (request, refusal) = await _intake.MakeAsync(new ActionCall
        {
            Caller = proved,
            Agent = proved.Organization.Agents[proved.Agent.Id],
            Door = Door.Mcp,
            TaskToken = call.TaskToken,
            Server = server,
            Tool = call.Tool,
            Arguments = arguments,
            Enforceable = ConstraintKinds.All,
        });
        return request is null ? Refused(refusal!) : Answer(await _governor.DecideAsync(request));
    }

    IUpstream? ICallGovernor.Upstream(McpCaller caller, string server)
    {
        var proved = Proved(caller);
        return _open.GetValueOrDefault(KeyOf(proved, server)) is { IsObserved: true } open ? open.Upstream : null;
    }

    async ValueTask ICallGovernor.SettleAsync(CallDecision.Permitted permitted, CallEffect effect) =>
        await _settlement.SettleAsync((Dispatch)permitted.Owed, new EffectReport(StatusOf(effect.Status), effect.Result, effect.Error));

    async ValueTask<(IReadOnlyList<JsonElement>? Definitions, string? Fault)> IToolSource.ListAsync(
        OrganizationId organization, Server server, CancellationToken cancellation)
    {
        var key = new UpstreamKey(organization.ToString(), server.Slug.ToString(), RegistryIdentity);
        if (_definitions.Open(_pool, key, server, out var problem) is not { } upstream)
            return (null, problem);
        using var open = new OpenServer(upstream, organization, server.Slug, _observation);
        var listed = await open.ListAsync(cancellation);
        await _pool.CloseAsync(k => k == key);
        return listed;
    }

    async ValueTask IToolSource.ForgetAsync(OrganizationId organization, ServerSlug server)
    {
        bool IsOf(UpstreamKey key) => key.Organization == organization.ToString() && key.Server == server.ToString();
        foreach (var key in _open.Keys.Where(IsOf).ToArray())
            _open.TryRemove(key, out _);
        await _pool.CloseAsync(IsOf);
    }

    /// <summary>Ends every upstream.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async ValueTask<string?> ObserveAsync(Caller.AgentCaller caller, Server server, CancellationToken cancellation)
    {
        var key = KeyOf(caller, server.Slug.ToString());
        if (_definitions.Open(_pool, key, server, out var problem) is not { } upstream)
            return problem;
        var open = _open.AddOrUpdate(
            key,
            _ => new OpenServer(upstream, caller.Organization.Id, server.Slug, _observation),
            (_, held) => ReferenceEquals(held.Upstream, upstream) ? held : new OpenServer(upstream, caller.Organization.Id, server.Slug, _observation));
        return await open.ObserveAsync(cancellation);
    }

    private static bool IsOffered(OrganizationState state, Agent agent, Tool tool) =>
        tool.Obstacle is null
        && agent.Grants.Any(g => g.Covers(tool.Server, tool.Name))
        && state.Policy.Snapshot.CouldAllow(agent, tool);

    private static Server? ReachedServer(Caller.AgentCaller caller, string server) =>
        ServerSlug.TryParse(server, null, out var slug) && caller.Agent.Grants.Any(g => g.Server == slug)
            ? caller.Organization.Server(slug)
            : null;

    private static UpstreamKey KeyOf(Caller.AgentCaller caller, string server) =>
        new(caller.Organization.Id.ToString(), server, caller.Agent.Id.ToString());

    private static Caller.AgentCaller Proved(McpCaller caller) => ((AgentMcpCaller)caller).Proved;

    private static CallDecision.Refused Refused(ReasonCode reason) => new(new CallRefusal(reason.Code, reason.AgentMessage, null));

    private static CallDecision Answer(Decision decision) => decision switch
    {
        Decision.Permitted permitted => new CallDecision.Permitted(permitted.Dispatch, permitted.Arguments.Value, new ResultRules
        {
            TimeLimit = permitted.Constraints.TimeLimit,
            OutputLimit = permitted.Constraints.OutputLimit,
            RedactedFields = permitted.Constraints.RedactedFields,
        }),
        Decision.Held held => Refused(held, held.Refusal, r => r with { Approval = held.Approval.ToString(), ExpiresAt = held.ExpiresAt }),
        Decision.Remedied remedied => Refused(
            remedied, remedied.Refusal, r => r with { RemedyTool = remedied.Remedy.Tool, RemedyArguments = remedied.Remedy.Arguments.Value }),
        Decision.Denied denied => Refused(denied, denied.Refusal, r => r),
        _ => throw new InvalidOperationException($"unknown decision {decision.GetType()}"),
    };

    private static CallDecision.Refused Refused(Decision decision, Refusal refusal, Func<CallRefusal, CallRefusal> with) =>
        new(with(new CallRefusal(refusal.Reason.Code, refusal.Reason.AgentMessage, refusal.EscalationToken) { Outcome = decision.Outcome.Word() }));

    private static EffectStatus StatusOf(CallEffectStatus status) => status switch
    {
        CallEffectStatus.Executed => EffectStatus.Executed,
        CallEffectStatus.Failed => EffectStatus.Failed,
        CallEffectStatus.TimedOut => EffectStatus.TimedOut,
        CallEffectStatus.Cancelled => EffectStatus.Cancelled,
        CallEffectStatus.NotDispatched => EffectStatus.NotDispatched,
        CallEffectStatus.Unknown => EffectStatus.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
