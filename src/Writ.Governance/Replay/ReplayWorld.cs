using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Replay;

/// <summary>
/// An organization that exists only for a replay: one bundle, the recorded tools, and one active agent a suite that is granted all of the
/// suite's. Calls walk the gates of production; nothing is recorded, and nobody ever approves. Immutable, thread safe.
/// </summary>
public sealed class ReplayWorld
{
    /// <summary>The organization's name, which policies can see.</summary>
    public static readonly OrganizationId Organization = OrganizationId.Parse("replay");

    private readonly OrganizationState _state;
    private readonly GateWalk _gates;
    private readonly FrozenDictionary<string, Facts> _facts;
    private readonly FrozenDictionary<string, ServerSlug> _servers;

    private ReplayWorld(OrganizationState state, FrozenDictionary<string, Facts> facts, FrozenDictionary<string, ServerSlug> servers, TimeProvider time)
    {
        (_state, _facts, _servers) = (state, facts, servers);
        var approvals = new ApprovalBoard(time);
        _gates = new GateWalk(GateWalk.InOrder(approvals, new ApprovalBinding(new byte[32]), new RateBook()));
    }

    /// <summary>The digest of the compiled bundle.</summary>
    public string SnapshotDigest => _state.Policy.Snapshot.Digest.ToHex();

    /// <summary>Makes the world of a bundle and the tools that traces were recorded with.</summary>
    /// <param name="bundle">The bundle; what would keep it from being published keeps it from being replayed.</param>
    /// <param name="tools">The neutral <c>tools.json</c>: an object from suite to tools.</param>
    /// <param name="at">The time that policies see in every call.</param>
    /// <param name="time">For the expiry of approvals, of which there are none.</param>
    public static ReplayWorldMaking Make(BundleArchive bundle, ReadOnlySpan<byte> tools, DateTimeOffset at, TimeProvider time)
    {
        var (suites, problem) = NeutralCatalog.Read(tools);
        if (problem is not null)
            return new ReplayWorldMaking.ToolsRefused(problem);

        var state = new OrganizationState
        {
            Id = Organization,
            DisplayName = "Replay",
            Policy = new ActivePolicy(Organization, ImmutableSortedDictionary<string, PublishedBundle>.Empty, ImmutableSortedDictionary<string, Server>.Empty),
        };
        foreach (var suite in suites)
            state = suite.Tools.Aggregate(state.Register(suite.Server), (known, tool) => known.Admit(tool));
        if (BundlePublication.Problems(state, bundle) is { Count: > 0 } problems)
            return new ReplayWorldMaking.BundleRefused([.. problems]);

        state = state.Publish(new PublishedBundle(bundle.Manifest.Name, bundle.Manifest.Version, bundle.Digest.ToHex(), bundle));
        return new ReplayWorldMaking.Made(new ReplayWorld(
            state,
            suites.Select((suite, index) => (suite.Name, Facts: FactsOf(suite.Server.Slug, index, at))).ToFrozenDictionary(s => s.Name, s => s.Facts, StringComparer.Ordinal),
            suites.ToFrozenDictionary(suite => suite.Name, suite => suite.Server.Slug, StringComparer.Ordinal),
            time));
    }

    /// <summary>Decides a recorded call as if its agent made it now. The answer follows from the suite and the recorded call alone.</summary>
    public ValueTask<ReplayedCall> DecideAsync(string suite, RecordedCall call) => DecideAsync(suite, call, Read(call));

    /// <summary>The same, for arguments that were read before; null for those that could not be.</summary>
    internal async ValueTask<ReplayedCall> DecideAsync(string suite, RecordedCall call, Arguments? arguments)
    {
        if (Find(suite, call.Function) is not { } tool)
            return new ReplayedCall(Outcome.Deny, null, ReplayObstacle.UnknownTool);
        var effect = tool.Classification!.Effect;
        if (arguments is null)
            return new ReplayedCall(Outcome.Deny, effect, ReplayObstacle.UnreadableArguments);

        return await CheckAsync(suite, tool, call, arguments) switch
        {
            GateResult.Permitted { Constraints.IsEmpty: true } => new ReplayedCall(Outcome.Allow, effect, ReplayObstacle.None),
            GateResult.Permitted => new ReplayedCall(Outcome.AllowWithConstraints, effect, ReplayObstacle.None),
            GateResult.Held => new ReplayedCall(Outcome.RequireApproval, effect, ReplayObstacle.None),
            GateResult.Remedied => new ReplayedCall(Outcome.Remediate, effect, ReplayObstacle.None),
            GateResult.Denied denied => new ReplayedCall(Outcome.Deny, effect, IsAboutArguments(denied) ? ReplayObstacle.InvalidArguments : ReplayObstacle.None),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The rules that decide a recorded call, sorted; none where no policy was asked.</summary>
    internal async ValueTask<ImmutableArray<string>> RulesOfAsync(string suite, RecordedCall call, Arguments? arguments)
    {
        if (arguments is null || Find(suite, call.Function) is not { } tool)
            return [];
        return await CheckAsync(suite, tool, call, arguments) switch
        {
            GateResult.Permitted permitted => permitted.Rules,
            GateResult.Held held => held.Rules,
            GateResult.Remedied remedied => remedied.Rules,
            GateResult.Denied denied => denied.Rules,
            _ => [],
        };
    }

    /// <summary>What the agent supplied; null where it cannot be read.</summary>
    internal static Arguments? Read(RecordedCall call) =>
        call.Arguments.IsEmpty ? Arguments.None : (Arguments.Parse(call.Arguments.Span) as ArgumentsReading.Read)?.Arguments;

    private Tool? Find(string suite, string function) => _servers.TryGetValue(suite, out var server) ? _state.Tool(server, function) : null;

    private async ValueTask<GateResult> CheckAsync(string suite, Tool tool, RecordedCall call, Arguments arguments)
    {
        var facts = LookedUp(call) is { } recorded ? _facts[suite] with { LookedUp = new FactSheet(recorded) } : _facts[suite];
        var request = new ActionRequest(default, _state, facts, tool.Server, tool.Name, tool, arguments, ConstraintKinds.All);
        return (await _gates.CheckAsync(request)).Result;
    }

    /// <summary>What was known when the call was recorded: it is never asked again.</summary>
    private static JsonElement? LookedUp(RecordedCall call)
    {
        if (call.LookedUp.IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(call.LookedUp);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsAboutArguments(GateResult.Denied denied) => denied.Code.Code == ReasonCodes.ArgumentsInvalid.Code;

    private static Facts FactsOf(ServerSlug server, int index, DateTimeOffset at)
    {
        var agent = new Agent
        {
            Id = new AgentId(new Guid(index + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])),
            Organization = Organization,
            Name = "replay",
            Team = TeamId.Parse("replay"),
            Owner = PersonId.Parse("replay"),
            Version = "replay",
            Environment = "replay",
            Lifecycle = AgentLifecycle.Active,
            Grants = [new Grant(server, Grant.EveryTool)],
        };
        var task = new TaskId(agent.Id.Value);
        return new Facts
        {
            Organization = Organization,
            Agent = agent,
            Credential = "replay",
            Assurance = "low",
            Task = new TaskStanding { Id = task, Root = task, Agent = agent.Id, Instance = new InstanceId(agent.Id.Value), Credential = "replay", Implicit = true, OpenedAt = at },
            Time = at,
            Door = Door.Replay,
        };
    }
}
