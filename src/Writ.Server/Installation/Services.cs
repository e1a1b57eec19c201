using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Gateways.Dids;
using Writ.Gateways.Feeds;
using Writ.Gateways.Points;
using Writ.Gateways.WebBotAuth;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Directories;
using Writ.Governance.Erasures;
using Writ.Governance.Folds;
using Writ.Governance.Kills;
using Writ.Governance.Limits;
using Writ.Governance.Metering;
using Writ.Governance.NamedFacts;
using Writ.Governance.OAuth;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Retention;
using Writ.Governance.Reviews;
using Writ.Governance.Shadows;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;
using Writ.Governance.Tools;
using Writ.Governance.Trust;
using Writ.Governance.TrustDomains;
using Writ.Identity.Delegation;
using Writ.Identity.OAuth;
using Writ.Identity.Tokens;
using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>The composition root: what every part of a running Writ is made of, wired once, by hand.</summary>
internal sealed class Services : IDisposable
{
    private readonly JsonWebSigningKey _delegationKey;
    private readonly JsonWebSigningKey _requestKey;

    public Services(
        ServerOptions options, IRecordLog controlLog, EmbeddedLog decisionLog, PayloadSealer sealer, InstallationKeys keys, TimeProvider time)
    {
        var tokens = new TokenAuthority(keys.Pepper);
        (DecisionLog, Sealer) = (decisionLog, sealer);
        Clock = new ClockWatch(time);
        time = Clock.Steady; // from here on a jump of the clock moves nothing
        Registry = new RegistryHolder();
        Controls = new ControlService(Registry, controlLog, time);
        Erasures = new ErasureService(Controls, Registry, sealer, Clock, time);
        Retention = new RetentionService(Controls, Registry, decisionLog, decisionLog, Clock, time);
        // Until the archive is asked, it has nothing.
        ArchivedSegments = options.Archive.Target is null ? () => ulong.MaxValue : () => 0;
        RecordRetention = new RecordRetention(
            Controls, Registry, decisionLog, decisionLog, Clock, time, new RecordRetentionOptions(stop => Folds!.CarryAsync(stop), () => ArchivedSegments(), digest => Folds!.Carries(digest)));
        Reviews = new ReviewSweep(Controls, Registry, time);
        CanaryPublication = new CanaryPublication(Controls, Registry, time);
        Credentials = new CredentialIssuer(tokens, time);
        DirectoryUsers = new DirectoryUsers(sealer);
        TrustDomainNames = new TrustDomainNames(options.TrustDomain);
        Svids = new SvidCallers(Registry, TrustDomainNames, Clock.Later);
        DidDocuments = new WebDidDocuments(Clock.Later);
        Signatures = new SignatureCallers(Registry, DidDocuments, Clock.Later);
        AuthorityKeys = new AuthorityKeys(options.ConfigurationFolder, TrustDomainNames, time);
        Address = () => options.PublicUrl ?? throw new InvalidOperationException("nobody can call before the port is open");
        Issuers = new OAuthIssuers(() => Address());
        Nonces = new DpopNonces(Clock.Later);
        Proofs = new DpopVerifier(Nonces, new NonceBooks(Clock.Later), Clock.Later);
        Assertions = new ClientAssertions(Issuers, new NonceBooks(Clock.Later), Clock.Later);
        Authenticator = new Authenticator(Registry, tokens, Svids, Clock.Later, new AccessTokenCallers(Registry, Issuers, Proofs, Clock.Later), KeyPlaces = new KeyPlaces(Clock.Later));
        Admission = new AdmissionControl(AdmissionOf(options.Limits.Admission), time);

        Shadows = new ShadowBook(Registry, keys.ShadowKey, OpenInstallation.Default, time);
        TaskBook = new TaskBook(Clock.Later);
        Tasks = new TaskService(TaskBook, decisionLog, sealer, new TaskTokens(tokens, Credentials, Clock.Later), time);
        ApprovalBoard = new ApprovalBoard(Clock.Later);
        Telemetry = new TelemetryService(Tasks, TaskBook, TraceLinks, decisionLog, sealer, time);
        Approvals = new ApprovalService(ApprovalBoard, decisionLog, sealer, time, Trust);
        Archive = new DecisionArchive(decisionLog, sealer);
        Publisher = new BundlePublisher(Controls, Registry, new RecentDecisions(Archive, TaskBook, time), time);
        Dispatches = new DispatchTable(time);
        var evidence = new DecisionEvidence(decisionLog, sealer, Archive, Resources = new ResourceNames(keys.ResourceKey), time, Meters, TraceLinks, Trust);
        Settlement = new Settlement(Dispatches, evidence, time);
        _delegationKey = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.FromSeed(keys.DelegationSeed));
        RequestSigner = new RequestSigner(_requestKey = JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.FromSeed(keys.RequestSeed)), time);
        Delegations = new DelegationAuthority(options.TrustDomain, _delegationKey, time);
        Intake = new ActionIntake(Tasks, time, Trust, Delegations);
        FactLookups = new FactLookups(Registry, time);
        var gates = GateWalk.InOrder(ApprovalBoard, new ApprovalBinding(keys.ApprovalBindingKey), Rates, FactLookups, Delegations);
        PointGuards = new PointGuards(time);
        var remote = new RemotePolicyGate(new HttpDecisionPoints(PointSecrets), PointGuards, Registry, time);
        Governor = new Governor(
            gates, ApprovalBoard, new Reservations(Rates, Ceilings, DelegationBook), Dispatches, evidence, Settlement, KillSwitch = new KillSwitch(Registry, Controls, time), time, remote,
            Trials = new CandidateTrials(Controls, Registry, time), Clock);
        ToolObservation = new ToolObservation(Controls);
        Folds = new FoldSnapshots(
            options.DataFolder, new FoldSnapshot(keys.FoldSnapshotKey, FoldSnapshot.ThisBuild), decisionLog, decisionLog,
            () => Registry.Current.Organizations.Values.Select(o => o.PrunedRecords?.Snapshot).OfType<string>().ToHashSet(StringComparer.Ordinal),
            () => new DecisionLogFold(
                new TaskBook(time), new ApprovalBoard(time), new RateBook(), new DispatchTable(time), new DecisionArchive(decisionLog, sealer),
                new TraceLinks(), new TrustBook(), sealer, new ClockWatch(time), Registry, new TaskCeilings(), new DelegationBook()));
    }

    public EmbeddedLog DecisionLog { get; }

    public PayloadSealer Sealer { get; }

    public RegistryHolder Registry { get; }

    public ControlService Controls { get; }

    /// <summary>Says whether the time can be relied on.</summary>
    public ClockWatch Clock { get; }

    public ErasureService Erasures { get; }

    public RetentionService Retention { get; }

    /// <summary>Lets go of records that are past their time.</summary>
    public RecordRetention RecordRetention { get; }

    /// <summary>The last segment of the decision log that the archive has; the greatest number without an archive.</summary>
    public Func<ulong> ArchivedSegments { get; set; }

    public BundlePublisher Publisher { get; }

    public CanaryPublication CanaryPublication { get; }

    public CredentialIssuer Credentials { get; }

    /// <summary>What directories say of people.</summary>
    public DirectoryUsers DirectoryUsers { get; }

    public Authenticator Authenticator { get; }

    /// <summary>Notices API keys that are used in two places at once.</summary>
    public KeyPlaces KeyPlaces { get; }

    /// <summary>Signs Writ's own requests.</summary>
    public RequestSigner RequestSigner { get; }

    /// <summary>Finds whose a request's signature is.</summary>
    public SignatureCallers Signatures { get; }

    /// <summary>Fetches the documents of did:web.</summary>
    public WebDidDocuments DidDocuments { get; }

    public TrustDomainNames TrustDomainNames { get; }

    /// <summary>Finds the agents that SVIDs are of.</summary>
    public SvidCallers Svids { get; }

    /// <summary>The private keys of the organizations' authorities.</summary>
    public AuthorityKeys AuthorityKeys { get; }

    /// <summary>Where clients reach this server, known when the port is open.</summary>
    public Func<Uri> Address { get; set; }

    /// <summary>What the organizations' authorization servers are called.</summary>
    public OAuthIssuers Issuers { get; }

    public DpopNonces Nonces { get; }

    public DpopVerifier Proofs { get; }

    /// <summary>Verifies what OAuth clients sign.</summary>
    public ClientAssertions Assertions { get; }

    public AdmissionControl Admission { get; }

    /// <summary>Escalates reviews that are overdue.</summary>
    public ReviewSweep Reviews { get; }

    /// <summary>Who knocks at doors and is not known.</summary>
    public ShadowBook Shadows { get; }

    public TaskBook TaskBook { get; }

    public TaskService Tasks { get; }

    public ApprovalBoard ApprovalBoard { get; }

    public ApprovalService Approvals { get; }

    public RateBook Rates { get; } = new();

    public TaskCeilings Ceilings { get; } = new();

    /// <summary>Mints roots of delegation chains and reads chains.</summary>
    public DelegationAuthority Delegations { get; }

    public DelegationBook DelegationBook { get; } = new();

    public DecisionArchive Archive { get; }

    public DecisionMeters Meters { get; } = new();

    public TraceLinks TraceLinks { get; } = new();

    /// <summary>How far agents are trusted.</summary>
    public TrustBook Trust { get; } = new();

    public TelemetryService Telemetry { get; }

    public DispatchTable Dispatches { get; }

    public Settlement Settlement { get; }

    public ActionIntake Intake { get; }

    public Governor Governor { get; }

    /// <summary>What records call the things that calls are about.</summary>
    public ResourceNames Resources { get; }

    /// <summary>Ends what is under way when it is killed; connections are added where they are.</summary>
    public KillSwitch KillSwitch { get; }

    /// <summary>Looks up what policies need to know; who asks is connected where the connections are.</summary>
    public FactLookups FactLookups { get; }

    /// <summary>Tries candidates of bundles on live decisions.</summary>
    public CandidateTrials Trials { get; }

    public PointGuards PointGuards { get; }

    /// <summary>Reads the secrets of decision points.</summary>
    public PointSecrets PointSecrets { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Reads the secrets of feeds.</summary>
    public FeedSecrets FeedSecrets { get; } = new(Environment.GetEnvironmentVariable);

    public ToolObservation ToolObservation { get; }

    /// <summary>Makes the next start fast.</summary>
    public FoldSnapshots Folds { get; }

    /// <summary>Folds both logs into memory.</summary>
    /// <exception cref="InvalidDataException">A record cannot be folded; the start refuses.</exception>
    public async Task<long> ReplayAsync(CancellationToken cancellation)
    {
        await Controls.ReplayAsync(cancellation);
        KillSwitch.Start();
        // Before anything is unsealed: an older key store may hold keys of those who were forgotten.
        if (Erasures.Replay() is { } fault)
            throw new InvalidDataException(fault);
        if (await Retention.ReplayAsync(cancellation) is { } kept)
            throw new InvalidDataException($"payloads past their retention cannot be removed: {kept}");
        if (RecordRetention.Unrecorded() is { } lost)
            throw new PrunedStateException("WRIT2134", $"records of {lost} are gone, and no control record says that they were pruned: restore the data folder whole, and run 'writ ledger verify'");
        var fold = new DecisionLogFold(TaskBook, ApprovalBoard, Rates, Dispatches, Archive, TraceLinks, Trust, Sealer, Clock, Registry, Ceilings, DelegationBook);
        Folds.Begin(fold);
        if (Folds.Start is not FoldStart.Begun && RecordRetention.HasPruned())
            throw new PrunedStateException("WRIT2133", $"the state that follows from pruned records is in no snapshot: restore {Path.GetDirectoryName(Folds.Path)} from a backup, or use the version of Writ that made it");
        var count = await fold.FoldAsync(DecisionLog, cancellation);
        // Only now: where their state had to be folded from them, they had to be there.
        if (RecordRetention.Replay() is { } left)
            throw new InvalidDataException($"records past their retention cannot be removed: {left}");
        // Before users are named: their names are in no snapshot.
        if (count >= FoldSnapshots.RecordsBetween)
            Folds.Keep(fold);
        await fold.NameUsersAsync(DecisionLog, cancellation);
        Signatures.Begin();
        Assertions.Begin();
        return count;
    }

    public void Dispose()
    {
        KillSwitch.Dispose();
        _delegationKey.Dispose();
        _requestKey.Dispose();
        AuthorityKeys.Dispose();
        DidDocuments.Dispose();
        Trials.Dispose();
        Retention.Dispose();
        Erasures.Dispose();
        Controls.Dispose();
        Approvals.Dispose();
    }

    private static AdmissionOptions AdmissionOf(AdmissionSettings settings) => new()
    {
        RatePerCredential = settings.RatePerCredential,
        RatePerOrganization = settings.RatePerOrganization,
        UnauthenticatedRatePerAddress = settings.UnauthenticatedRatePerAddress,
        ConcurrentPerCredential = settings.ConcurrentPerCredential,
        ConcurrentPerOrganization = settings.ConcurrentPerOrganization,
        SpansPerCredential = settings.SpansPerCredential,
        SpansPerOrganization = settings.SpansPerOrganization,
    };
}
