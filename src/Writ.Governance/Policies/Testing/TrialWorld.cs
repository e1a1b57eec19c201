using System.Collections.Immutable;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Limits;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Explaining;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Testing;

/// <summary>
/// An organization that exists only to try policies: bundles, servers with their tools, and whatever agent a call states. Calls walk the
/// gates of production over the same snapshot; nothing is recorded, and nobody ever approves. Immutable, thread safe.
/// </summary>
public sealed class TrialWorld
{
    /// <summary>The organization's name, which policies can see.</summary>
    public static readonly OrganizationId Organization = OrganizationId.Parse("trial");

    private readonly OrganizationState _state;
    private readonly GateWalk _gates;

    private TrialWorld(OrganizationState state, TimeProvider time)
    {
        _state = state;
        _gates = new GateWalk(GateWalk.InOrder(new ApprovalBoard(time), new ApprovalBinding(new byte[32]), new RateBook()));
    }

    /// <summary>The digest of what is compiled.</summary>
    public string SnapshotDigest => Snapshot.Digest.ToHex();

    /// <summary>The rules of all bundles, in the order of their names.</summary>
    public ImmutableArray<RuleSummary> Rules => Snapshot.RuleSummaries();

    /// <summary>The names of all tools that can be called, as <c>server/tool</c>.</summary>
    public IEnumerable<string> Tools => _state.ServersBySlug.Values.SelectMany(s => s.Tools.Values).Where(t => t.Obstacle is null).Select(t => $"{t.Server}/{t.Name}");

    internal Snapshot Snapshot => _state.Policy.Snapshot;

    /// <summary>The organization as gates see it.</summary>
    public OrganizationState State => _state;

    /// <summary>Makes the world.</summary>
    /// <param name="bundles">The bundles that hold; what would keep one from being published keeps it from being tried.</param>
    /// <param name="servers">The servers, whose tools are admitted as those of a real one.</param>
    /// <param name="time">For the expiry of approvals, of which there are none.</param>
    public static TrialWorldMaking Make(IEnumerable<BundleArchive> bundles, IEnumerable<TrialServer> servers, TimeProvider time)
    {
        var state = new OrganizationState
        {
            Id = Organization,
            DisplayName = "Trial",
            Policy = new ActivePolicy(Organization, ImmutableSortedDictionary<string, PublishedBundle>.Empty, ImmutableSortedDictionary<string, Server>.Empty),
        };
        foreach (var shown in servers)
        {
            if (state.Server(shown.Slug) is not null)
                return new TrialWorldMaking.ToolsRefused($"two servers are named '{shown.Slug}'");
            var server = new Server { Organization = Organization, Slug = shown.Slug, Connection = new ServerConnection.Declared(), Classifications = shown.Classifications };
            state = state.Register(server);
            foreach (var action in ToolAdmission.Examine(server, shown.Definitions, []))
            {
                if (action is ToolQuarantined refused)
                    return new TrialWorldMaking.ToolsRefused($"the tool '{refused.Tool}' of '{shown.Slug}' would not be admitted: {refused.Cause}");
                if (action is ToolAdmitted admitted)
                    state = state.Admit(admitted);
            }
        }

        foreach (var bundle in bundles)
        {
            if (BundlePublication.Problems(state, bundle) is { Count: > 0 } problems)
                return new TrialWorldMaking.BundleRefused(bundle.Manifest.Name, [.. problems]);
            state = state.Publish(new PublishedBundle(bundle.Manifest.Name, bundle.Manifest.Version, bundle.Digest.ToHex(), bundle));
        }

        return new TrialWorldMaking.Made(new TrialWorld(state, time));
    }

    /// <summary>An active agent that is granted every tool of these servers; its id follows from its name.</summary>
    public static Agent Describe(string name, IEnumerable<ServerSlug> servers) => new()
    {
        Id = IdOf(name),
        Organization = Organization,
        Name = name,
        Team = TeamId.Parse("default"),
        Owner = PersonId.Parse("owner"),
        Version = "1",
        Environment = "production",
        Lifecycle = AgentLifecycle.Active,
        Grants = [.. servers.Select(server => new Grant(server, Grant.EveryTool))],
    };

    /// <summary>Decides a call as if it were made.</summary>
    public async ValueTask<TrialAnswer> DecideAsync(TrialCall call)
    {
        var request = RequestOf(call);
        var (result, run, _, _, _) = await _gates.CheckAsync(request);
        return TrialAnswer.Of(result, request.Arguments, _gates.Names[run - 1]);
    }

    /// <summary>How the rules in scope fare with a call, clause by clause.</summary>
    public ImmutableArray<RuleExplanation> Explain(TrialCall call) => RuleExplainer.Explain(RequestOf(call));

    /// <summary>What would change the outcome of a call.</summary>
    public ValueTask<ImmutableArray<Counterfactual>> ChangesAsync(TrialCall call) =>
        Counterfactuals.FindAsync(RequestOf(call), async changed => (await _gates.CheckAsync(changed)).Result);

    /// <summary>The calls that differ in one argument, at each value where a rule in scope may turn.</summary>
    internal IEnumerable<TrialCall> VariationsOf(TrialCall call) =>
        Counterfactuals.Variations(RequestOf(call)).Select(variation => call with { Arguments = variation.Changed });

    internal ActionRequest RequestOf(TrialCall call)
    {
        var task = new TaskId(call.Agent.Id.Value);
        var facts = new Facts
        {
            Organization = Organization,
            Agent = call.Agent,
            Credential = "trial",
            Assurance = Assurances.Low,
            Task = new TaskStanding
            {
                Id = task,
                Root = task,
                Agent = call.Agent.Id,
                Instance = new InstanceId(call.Agent.Id.Value),
                Credential = "trial",
                Implicit = call is { OnBehalfOf: null, Purpose: null, StartedBy: null, Workflow: null },
                Purpose = Attested(call.Purpose),
                StartedBy = call.StartedBy is { } starter ? new Attested<PersonId>(starter, "trial") : null,
                User = Attested(call.OnBehalfOf),
                UserFacts = call.OnBehalfOf is null ? null : call.UserFacts,
                Workflow = Attested(call.Workflow),
                OpenedAt = call.Time,
            },
            Time = call.Time,
            Door = Door.Replay,
            Claims = call.Claims,
            Asserted = call.Asserted,
            LookedUp = new FactSheet(call.LookedUp),
        };
        return new ActionRequest(default, _state, facts, call.Server, call.Tool, _state.Tool(call.Server, call.Tool), call.Arguments, ConstraintKinds.All);
    }

    private static Attested<string>? Attested(string? value) => value is null ? null : new Attested<string>(value, "trial");

    private static AgentId IdOf(string name) => new(new Guid(Hash256.Of(Encoding.UTF8.GetBytes(name)).Bytes[..16], bigEndian: true));
}
