using System.Collections.Immutable;
using Writ.Crypto.Keys;
using Writ.Crypto.Vault;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Kills;
using Writ.Governance.Limits;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tests;
using Writ.Governance.Tools;
using Writ.Governance.Trust;
using Writ.Governance.TrustDomains;
using Writ.Identity.Tokens;
using Writ.Testing;

namespace Writ.Gateways.Tests.Mcp.Governed;

/// <summary>The real governor behind the door, over logs in memory, with one organization, one server and the agents a test makes.</summary>
internal sealed class GovernedWrit : IAsyncDisposable
{
    private static readonly OrganizationId Organization = OrganizationId.Parse("default");

    private readonly string _folder = Directory.CreateTempSubdirectory("writ-governed-").FullName;
    private readonly SecretKey _pepper = SecretKey.Generate(KeyPurpose.TokenPepper);
    private readonly SubjectKeyRing _ring;
    private readonly UpstreamPool _pool;
    private readonly ControlService _controls;
    private readonly CredentialIssuer _issuer;
    private readonly KillSwitch _kills;

    public GovernedWrit()
    {
        Assert.True(SubjectKeyRing.TryStart(Path.Combine(_folder, "keys"), Path.Combine(_folder, "master"), out _ring!, out var fault), fault?.ToString());
        var sealer = new PayloadSealer(_ring);
        var tokens = new TokenAuthority(_pepper);
        var registry = Registry;
        _controls = new ControlService(registry, new MemoryRecordLog(), Time);
        _issuer = new CredentialIssuer(tokens, Time);
        var tasks = new TaskService(new TaskBook(Time), Decisions, sealer, new TaskTokens(tokens, _issuer, Time), Time);
        var board = new ApprovalBoard(Time);
        var dispatches = new DispatchTable(Time);
        var evidence = new DecisionEvidence(Decisions, sealer, new DecisionArchive(Decisions, sealer), new ResourceNames(new byte[32]), Time);
        var rates = new RateBook();
        var settlement = new Settlement(dispatches, evidence, Time);
        _kills = new KillSwitch(registry, _controls, Time);
        _kills.Start();
        var governor = new Governor(
            [new KillGate(), new LifecycleGate(), new GrantGate(), new ToolGate(), new PolicyGate(board, new ApprovalBinding(new byte[32]), rates)], board, new Reservations(rates, new TaskCeilings(), new DelegationBook()), dispatches, evidence, settlement, _kills, Time);
        _pool = new UpstreamPool(new Bubblewrap(), [_folder], Time);
        Calls = new GovernedCalls(
            new Authenticator(registry, tokens, new SvidCallers(registry, new TrustDomainNames("writ.local"), Time), Time), new AdmissionControl(new AdmissionOptions(), Time), registry, new ActionIntake(tasks, Time, new TrustBook()), governor,
            settlement, _kills, new ServerDirectory(_pool, registry, new UpstreamLimits()), new ToolWatch(new ToolObservation(_controls), Time));
    }

    public FakeTime Time { get; } = new();

    public MemoryRecordLog Decisions { get; } = new();

    public GovernedCalls Calls { get; }

    public RegistryHolder Registry { get; } = new();

    public async Task TakeAsync(params ControlAction[] actions) => Assert.IsType<ControlOutcome.Done>(
        await _controls.TakeAsync(Organization, null, Presence.Installation, _ => ControlPlan.Take(actions), CancellationToken.None));

    public Task<ControlOutcome> TakeAsAsync(string person, params ControlAction[] actions) =>
        _controls.TakeAsync(Organization, PersonId.Parse(person), Presence.BootstrapToken, _ => ControlPlan.Take(actions), CancellationToken.None);

    public Task CreateAsync() => TakeAsync(new OrganizationCreated("Default"));

    public async Task PublishAsync(string policy)
    {
        var manifest = new BundleManifest { Name = "test", Version = "1", Tier = BundleTier.Soft };
        var archive = new BundleArchive(manifest, [new BundleFile("test.cedar", policy)]);
        Assert.Empty(BundlePublication.Problems(archive));
        Assert.IsType<ControlOutcome.Done>(await _controls.TakeAsync(Organization, null, Presence.Installation, _ => BundlePublication.Plan(archive), CancellationToken.None));
    }

    public Task RegisterAsync(string slug, StdioServerDefinition definition, params string[] classified) => TakeAsync(new ServerRegistered(new Server
    {
        Organization = Organization,
        Slug = ServerSlug.Parse(slug),
        Connection = new ServerConnection.Stdio { Command = definition.Command, Arguments = definition.Arguments, ReadOnlyPaths = [.. definition.Paths.Select(p => p.Path)] },
        Classifications = classified.ToImmutableSortedDictionary(name => name, name => new ToolClassification { Effect = EffectClass.Read, Capability = "test", RiskTags = ["none"] }),
    }));

    /// <summary>Makes an active agent with these grants; returns it and its key.</summary>
    public async Task<(AgentId Agent, string Key)> AgentAsync(params string[] grants)
    {
        var agent = new Agent
        {
            Id = AgentId.New(Time),
            Organization = Organization,
            Name = "agent",
            Team = TeamId.Parse("team"),
            Owner = PersonId.Parse("owner"),
            Version = "1",
            Environment = "test",
            Lifecycle = AgentLifecycle.Active,
            Grants = [.. grants.Select(text => Grant.TryParse(text, out var grant) ? grant! : throw new FormatException(text))],
        };
        var key = _issuer.Issue(TokenKind.AgentKey);
        await TakeAsync(new AgentRegistered(agent), new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt));
        return (agent.Id, key.Token);
    }

    public async ValueTask DisposeAsync()
    {
        var closing = _pool.DisposeAsync().AsTask();
        while (!closing.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await closing;
        _kills.Dispose();
        _controls.Dispose();
        _ring.Dispose();
        _pepper.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
