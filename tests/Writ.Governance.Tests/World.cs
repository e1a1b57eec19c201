using System.Collections.Immutable;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Crypto.Vault;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Erasures;
using Writ.Governance.Kills;
using Writ.Governance.Limits;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Policies;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Retention;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;
using Writ.Governance.Tools;
using Writ.Governance.TrustDomains;
using Writ.Governance.Tests.Folds;
using Writ.Governance.Trust;
using Writ.Identity.Tokens;
using Writ.Testing;

namespace Writ.Governance.Tests;

/// <summary>
/// The whole domain over two record logs, in one life of the process: one organization, a declared server <c>desk</c>, and the people
/// <c>ada</c> (all capabilities), <c>sam</c> (security) and <c>pat</c> (app). <see cref="RestartAsync"/> is the next life over the same logs.
/// </summary>
internal sealed class World : IDisposable
{
    public const string PermitAll = "permit (principal, action in Writ::Action::\"tool/call\", resource);\n";

    public static readonly OrganizationId Organization = OrganizationId.Parse("default");
    public static readonly ServerSlug Desk = ServerSlug.Parse("desk");

    // The same in every life: what was minted before a restart holds after it.
    private static readonly JsonWebSigningKey RootKey = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.FromSeed(new byte[32]));

    private readonly Vault _vault;
    private readonly bool _ownsVault;

    private World(MemoryRecordLog controls, MemoryRecordLog decisions, FakeTime time, Vault vault, bool ownsVault)
    {
        (ControlLog, DecisionLog, Time, _vault, _ownsVault) = (controls, decisions, time, vault, ownsVault);
        var tokens = new TokenAuthority(vault.Pepper);
        Sealer = new PayloadSealer(vault.Ring);
        Controls = new ControlService(Registry, controls, time);
        Clock = new ClockWatch(time);
        Retention = new RetentionService(Controls, Registry, decisions, decisions, Clock, time);
        Erasures = new ErasureService(Controls, Registry, Sealer, Clock, time);
        Issuer = new CredentialIssuer(tokens, time);
        Authenticator = new Authenticator(Registry, tokens, Svids = new SvidCallers(Registry, new TrustDomainNames("acme.example"), time), time);
        Book = new TaskBook(time);
        Tasks = new TaskService(Book, decisions, Sealer, new TaskTokens(tokens, Issuer, time), time);
        Board = new ApprovalBoard(time);
        Approvals = new ApprovalService(Board, decisions, Sealer, time, Trust);
        Archive = new DecisionArchive(decisions, Sealer);
        Dispatches = new DispatchTable(time);
        var evidence = new DecisionEvidence(decisions, Sealer, Archive, Resources, time, links: Links, trust: Trust);
        Telemetry = new TelemetryService(Tasks, Book, Links, decisions, Sealer, time);
        Settlement = new Settlement(Dispatches, evidence, time);
        Delegations = new DelegationAuthority("test.example", RootKey, time);
        Intake = new ActionIntake(Tasks, time, Trust, Delegations);
        Governor = new Governor(
            [new KillGate(), new LifecycleGate(), new InvokeGate(), new ChainGate(Delegations), new GrantGate(), new ToolGate(), new PolicyGate(Board, new ApprovalBinding(new byte[32]), Rates, Lookups = new FactLookups(Registry, time))], Board, new Reservations(Rates, Ceilings, DelegationBook), Dispatches, evidence, Settlement, KillSwitch = new KillSwitch(Registry, Controls, time), time,
            new RemotePolicyGate(Points, Guards = new PointGuards(time), Registry, time), Trials = new CandidateTrials(Controls, Registry, time));
        Lookups.Connect("http", Sources);
    }

    public KillSwitch KillSwitch { get; }

    public ResourceNames Resources { get; } = new(new byte[32]);

    public FakeTime Time { get; }

    public MemoryRecordLog ControlLog { get; }

    public MemoryRecordLog DecisionLog { get; }

    public RegistryHolder Registry { get; } = new();

    public ControlService Controls { get; }

    public ClockWatch Clock { get; }

    public TraceLinks Links { get; } = new();

    public TrustBook Trust { get; } = new();

    public TelemetryService Telemetry { get; }

    public ErasureService Erasures { get; }

    public RetentionService Retention { get; }

    public CredentialIssuer Issuer { get; }

    public SvidCallers Svids { get; }

    public Authenticator Authenticator { get; }

    public PayloadSealer Sealer { get; }

    public TaskBook Book { get; }

    public TaskService Tasks { get; }

    public ApprovalBoard Board { get; }

    public ApprovalService Approvals { get; }

    public RateBook Rates { get; } = new();

    public TaskCeilings Ceilings { get; } = new();

    public DelegationAuthority Delegations { get; }

    public DelegationBook DelegationBook { get; } = new();

    public DecisionArchive Archive { get; }

    public DispatchTable Dispatches { get; }

    public Settlement Settlement { get; }

    public ActionIntake Intake { get; }

    public Governor Governor { get; }

    /// <summary>The decision points outside Writ, which say yes unless a test says otherwise.</summary>
    public StubPoints Points { get; } = new();

    /// <summary>The sources of facts, which know nothing unless a test says otherwise.</summary>
    public StubFacts Sources { get; } = new();

    public FactLookups Lookups { get; }

    public PointGuards Guards { get; }

    /// <summary>Tries candidates of bundles on the calls of a test.</summary>
    public CandidateTrials Trials { get; }

    public OrganizationState State => Registry.Current.Organizations[Organization];

    /// <summary>The agent that the calls of a test are made by, unless they say otherwise.</summary>
    public AgentId Agent { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>A world with the tools of <see cref="Definitions"/>, an agent with every grant, and this policy.</summary>
    public static async Task<World> WithAsync(string policy, BundleTier tier = BundleTier.Soft)
    {
        var world = await SoloAsync();
        await world.TakeAsync(
            new PersonAdded(PersonId.Parse("sam"), "Sam", [PersonCapability.Security]),
            new PersonAdded(PersonId.Parse("pat"), "Pat", [PersonCapability.App]));
        if (policy.Length > 0)
            await world.PublishAsync(policy, tier);
        return world;
    }

    /// <summary>The same without a policy, where ada is alone.</summary>
    public static async Task<World> SoloAsync()
    {
        var world = new World(new MemoryRecordLog(), new MemoryRecordLog(), new FakeTime(), new Vault(), ownsVault: true);
        world.KillSwitch.Start();
        await world.TakeAsync(new OrganizationCreated("Default"), new PersonAdded(PersonId.Parse("ada"), "Ada", [.. Enum.GetValues<PersonCapability>()]));
        await world.RegisterDeskAsync();
        (world.Agent, world.Key) = await world.AddAgentAsync("desk/*");
        return world;
    }

    /// <summary>The next life of the process, over the same logs and keys.</summary>
    public async Task<World> RestartAsync()
    {
        var next = new World(ControlLog, DecisionLog, Time, _vault, ownsVault: false) { Agent = Agent, Key = Key };
        await next.Controls.ReplayAsync(CancellationToken.None);
        next.KillSwitch.Start();
        Assert.Null(next.Erasures.Replay());
        Assert.Null(await next.Retention.ReplayAsync(CancellationToken.None));
        await new DecisionLogFold(next.Book, next.Board, next.Rates, next.Dispatches, next.Archive, next.Links, next.Trust, next.Sealer, next.Clock, null, next.Ceilings, next.DelegationBook).ReplayAsync(DecisionLog, CancellationToken.None);
        // Whatever a test did is a history that the law of fold snapshots holds for.
        await Fold.LawHoldsAsync(DecisionLog, Sealer, Time, DecisionLog.Records.Count / 2);
        return next;
    }

    public async Task TakeAsync(params ControlAction[] actions)
    {
        var outcome = await Controls.TakeAsync(Organization, null, Presence.Installation, _ => ControlPlan.Take(actions), CancellationToken.None);
        Assert.True(outcome is ControlOutcome.Done, outcome.ToString());
    }

    public Task<ControlOutcome> TakeAsAsync(string person, params ControlAction[] actions) => Controls.TakeAsync(
        Organization, PersonId.Parse(person), Presence.BootstrapToken, _ => ControlPlan.Take(actions), CancellationToken.None);

    public static BundleArchive Bundle(string policy, BundleTier tier = BundleTier.Soft, string name = "test", string version = "1") =>
        new(new BundleManifest { Name = name, Version = version, Tier = tier }, [new BundleFile("test.cedar", policy)]);

    public Task PublishAsync(string policy, BundleTier tier = BundleTier.Soft, string name = "test") => PublishAsync(Bundle(policy, tier, name));

    public async Task PublishAsync(BundleArchive archive)
    {
        Assert.Empty(BundlePublication.Problems(State, archive));
        Assert.IsType<ControlOutcome.Done>(await Controls.TakeAsync(Organization, null, Presence.Installation, _ => BundlePublication.Plan(archive), CancellationToken.None));
    }

    public static Server DeskServer(EffectClass payEffect = EffectClass.Money) => new()
    {
        Organization = Organization,
        Slug = Desk,
        Connection = new ServerConnection.Declared(),
        Classifications = new Dictionary<string, EffectClass>
        {
            ["look"] = EffectClass.Read, ["note"] = EffectClass.Write, ["pay"] = payEffect, ["wipe"] = EffectClass.Destroy, ["any"] = EffectClass.Write,
        }.ToImmutableSortedDictionary(t => t.Key, t => new ToolClassification { Effect = t.Value, Capability = "desk", RiskTags = ["none"], Amount = t.Key == "pay" ? "amount" : null }),
    };

    /// <summary>The tools of the desk: <c>pay</c> and <c>note</c> are typed, <c>any</c> takes whatever comes.</summary>
    public static IReadOnlyList<JsonElement> Definitions { get; } =
    [
        JsonElement.Parse("""{"name":"look","inputSchema":{"type":"object"}}"""),
        JsonElement.Parse("""{"name":"note","inputSchema":{"type":"object","properties":{"text":{"type":"string","maxLength":100}},"required":["text"],"additionalProperties":false}}"""),
        JsonElement.Parse("""{"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"integer"},"to":{"type":"string"}},"required":["amount"],"additionalProperties":false}}"""),
        JsonElement.Parse("""{"name":"wipe","inputSchema":{"type":"object"}}"""),
        JsonElement.Parse("""{"name":"any","inputSchema":{"type":"object"}}"""),
    ];

    public async Task RegisterDeskAsync()
    {
        await TakeAsync(new ServerRegistered(DeskServer()));
        Assert.Null(await new ToolObservation(Controls).ObserveAsync(Organization, Desk, Definitions, CancellationToken.None));
    }

    public Task<(AgentId Agent, string Key)> AddAgentAsync(params string[] grants) => AddAgentAsync(TeamId.Parse("team"), grants);

    public async Task<(AgentId Agent, string Key)> AddAgentAsync(TeamId team, params string[] grants)
    {
        var agent = Describe(AgentId.New(Time)) with
        {
            Team = team,
            Grants = [.. grants.Select(text => Grant.TryParse(text, out var grant) ? grant! : throw new FormatException(text))],
        };
        var key = Issuer.Issue(TokenKind.AgentKey);
        await TakeAsync(new AgentRegistered(agent), new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt));
        return (agent.Id, key.Token);
    }

    public static Agent Describe(AgentId id) => new()
    {
        Id = id,
        Organization = Organization,
        Name = "agent",
        Team = TeamId.Parse("team"),
        Owner = PersonId.Parse("ada"),
        Version = "1",
        Environment = "test",
        Lifecycle = AgentLifecycle.Active,
    };

    public static Arguments Args(string json) => Assert.IsType<ArgumentsReading.Read>(Arguments.Parse(System.Text.Encoding.UTF8.GetBytes(json))).Arguments;

    public async Task<ActionRequest> RequestAsync(
        string tool, string arguments = "{}", Claims? claims = null, string? taskToken = null, string? key = null, IReadOnlySet<string>? enforceable = null, PresentedChain? chain = null)
    {
        var caller = Assert.IsType<Caller.AgentCaller>(Authenticator.Authenticate("Bearer " + (key ?? Key)));
        var (request, refusal) = await Intake.MakeAsync(new ActionCall
        {
            Caller = caller,
            Agent = caller.Agent,
            Chain = chain,
            Door = Door.Mcp,
            TaskToken = taskToken,
            Server = Desk,
            Tool = tool,
            Arguments = Args(arguments),
            Claims = claims ?? Claims.None,
            Enforceable = enforceable ?? ConstraintKinds.All,
        });
        Assert.Null(refusal);
        return request!;
    }

    public async Task<Decision> CallAsync(string tool, string arguments = "{}", Claims? claims = null, string? taskToken = null, string? key = null, IReadOnlySet<string>? enforceable = null, PresentedChain? chain = null) =>
        await Governor.DecideAsync(await RequestAsync(tool, arguments, claims, taskToken, key, enforceable, chain));

    public async Task<ApprovalConflict?> AnswerAsync(string person, ApprovalId id, bool approve = true, string? evidence = null) =>
        await Approvals.AnswerAsync(State, id, State.People[PersonId.Parse(person)], new Authority(PersonId.Parse(person), Presence.BootstrapToken, false), approve, evidence is null ? default : System.Text.Encoding.UTF8.GetBytes(evidence), null, CancellationToken.None);

    public void Dispose()
    {
        KillSwitch.Dispose();
        Trials.Dispose();
        Retention.Dispose();
        Erasures.Dispose();
        Controls.Dispose();
        Approvals.Dispose();
        if (_ownsVault)
            _vault.Dispose();
    }

    private sealed class Vault : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("writ-governance-").FullName;

        public Vault()
        {
            Assert.True(SubjectKeyRing.TryStart(Path.Combine(_folder, "keys"), Path.Combine(_folder, "master"), out var ring, out var fault), fault?.ToString());
            Ring = ring!;
        }

        public SubjectKeyRing Ring { get; }

        public SecretKey Pepper { get; } = SecretKey.Generate(KeyPurpose.TokenPepper);

        public void Dispose()
        {
            Ring.Dispose();
            Pepper.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
