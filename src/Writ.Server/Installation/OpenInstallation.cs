using System.Text;
using Writ.Crypto.Keys;
using Writ.Crypto.Signing;
using Writ.Crypto.Vault;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Records;
using Writ.Identity.Tokens;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Server.Configuration;
using Writ.Server.Witnessing;

namespace Writ.Server.Installation;

/// <summary>An installation that is open: keys read, both ledgers recovered, state folded, what was owed settled.</summary>
internal sealed class OpenInstallation : IAsyncDisposable
{
    /// <summary>The organization that a first start makes.</summary>
    public static readonly OrganizationId Default = OrganizationId.Parse("default");

    /// <summary>The file in the configuration folder that holds the first administrator's token.</summary>
    public const string AdministratorTokenFile = "administrator.token";

    /// <summary>The file beside it that holds the token with which the administrator enrols a first passkey, once.</summary>
    public const string EnrolmentTokenFile = "administrator.enrolment";

    private static readonly TimeSpan FirstEnrolmentLife = TimeSpan.FromDays(7);

    private readonly InstallationKeys _keys;
    private readonly Unwinding _open;

    private OpenInstallation(InstallationKeys keys, MerkleLedger control, MerkleLedger decisions, Services services, Unwinding open)
    {
        (_keys, Control, Decisions, Services, _open) = (keys, control, decisions, services, open);
    }

    /// <summary>The ledger of control records, which is never pruned.</summary>
    public MerkleLedger Control { get; }

    /// <summary>The ledger of decisions, effects, approvals and tasks.</summary>
    public MerkleLedger Decisions { get; }

    /// <summary>The way of control records into their ledger.</summary>
    public required EmbeddedLog ControlLog { get; init; }

    /// <summary>The way of all other records into theirs.</summary>
    public required EmbeddedLog DecisionLog { get; init; }

    public Services Services { get; }

    /// <summary>Files of hashes that were not believed when the ledgers were opened.</summary>
    public IReadOnlyList<string> RefusedHashes { get; private init; } = [];

    /// <summary>The first part of the names of the logs: the trust domain, and another after a restore.</summary>
    public required string LogDomain { get; init; }

    /// <summary>The public key that signs checkpoints.</summary>
    public Ed25519PublicKey SigningKey => _keys.Signing.PublicKey;

    public InstallationKeys Keys => _keys;

    /// <summary>Opens the folders of an installation, making them at the first start. Where it cannot, nothing is left open or locked.</summary>
    public static async Task<(OpenInstallation? Installation, InstallationFault? Fault)> OpenAsync(
        ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        await using var begun = new Unwinding();
        if (RestoreMarker.Stands(options))
            return (null, new InstallationFault("WRIT2095", "this installation was restored by halves: empty both folders and restore again"));
        var unprepared = Folders.Prepare(options, out var ownership, out var isNew);
        if (ownership is not null)
            begun.Add(ownership);
        if (unprepared is not null)
            return (null, unprepared);
        var (keys, keyFault) = InstallationKeys.Open(options, isNew);
        if (keys is null)
            return (null, keyFault);
        begun.Add(keys);
        var store = Path.Combine(options.DataFolder, "vault.keys");
        if (!isNew && !File.Exists(store))
            return (null, new InstallationFault("WRIT9202", $"{store} is missing beside data that was written with it: restore the file."));
        if (!SubjectKeyRing.TryStart(store, options.MasterKeyFile, out var vault, out var vaultFault))
            return (null, new InstallationFault("WRIT9202", vaultFault.Message));
        begun.Add(vault);

        var (control, refusedControl, controlFault) = await OpenLedgerAsync(options, "control", keys, time, cancellation);
        if (control is null)
            return (null, new InstallationFault(controlFault!.Code, controlFault.ToString()));
        begun.Add(control);
        var (decisions, refusedDecisions, decisionsFault) = await OpenLedgerAsync(options, "decisions", keys, time, cancellation);
        if (decisions is null)
            return (null, new InstallationFault(decisionsFault!.Code, decisionsFault.ToString()));
        begun.Add(decisions);

        if (await WitnessParts.ConfrontAsync(options, [control, decisions], keys.Signing.PublicKey, time, cancellation) is { } contradicted)
            return (null, contradicted);

        // Where nothing is restored, that is the trust domain.
        if (Governance.Records.LogDomain.Of(options.TrustDomain, control.Logs.Concat(decisions.Logs).Select(log => log.Origin)) is not { } domain)
            return (null, new InstallationFault("WRIT9203", $"the ledgers hold logs that are not of {options.TrustDomain}, or not of one restore"));
        var controlLog = new EmbeddedLog(control, domain, "control", time);
        var decisionLog = new EmbeddedLog(decisions, domain, "decisions", time);
        var services = new Services(options, controlLog, decisionLog, new PayloadSealer(vault), keys, time);
        begun.Add(services);
        try
        {
            await services.ReplayAsync(cancellation);
        }
        catch (Exception problem) when (problem is InvalidDataException or PrunedStateException)
        {
            return (null, new InstallationFault((problem as PrunedStateException)?.Code ?? "WRIT9203", problem.Message));
        }

        if (await FirstStartAsync(services, options, cancellation) is { } unstarted)
            return (null, unstarted);
        begun.Add(services.Folds);
        await services.Settlement.GiveUpOnOwnDoorsAsync();
        return (new OpenInstallation(keys, control, decisions, services, begun.HandOver()) { ControlLog = controlLog, DecisionLog = decisionLog, LogDomain = domain, RefusedHashes = [.. refusedControl, .. refusedDecisions] }, null);
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    internal static async Task<(MerkleLedger? Ledger, IReadOnlyList<string> RefusedHashes, LedgerFault? Fault)> OpenLedgerAsync(
        ServerOptions options, string name, InstallationKeys keys, TimeProvider time, CancellationToken cancellation)
    {
        var opening = await MerkleLedger.OpenAsync(LedgerOptionsOf(options, name, keys, time), cancellation);
        return opening switch
        {
            LedgerOpening.Opened opened => (opened.Ledger, opened.Report.RefusedHashes, null),
            LedgerOpening.Refused refused => (null, [], refused.Fault),
            _ => throw new InvalidOperationException("unknown opening"),
        };
    }

    /// <summary>How one of the two ledgers is opened.</summary>
    internal static LedgerOptions LedgerOptionsOf(ServerOptions options, string name, InstallationKeys keys, TimeProvider time) => new()
    {
        DataFolder = Path.Combine(options.DataFolder, name),
        Checkpoints = new CheckpointFolder(Path.Combine(options.ConfigurationFolder, "checkpoints", name)),
        SigningKey = keys.Signing,
        PreviousKeys = [.. keys.History.Keys.SkipLast(1)],
        SegmentBytes = options.Ledger.SegmentBytes,
        VaultSegmentBytes = options.Ledger.SegmentBytes,
        MaxPayloadBytes = (int)Math.Min(8 << 20, options.Ledger.SegmentBytes / 4),
        ReserveBytes = options.Ledger.ReserveBytes,
        CheckpointInterval = options.Ledger.CheckpointInterval,
        Time = time,
    };

    /// <summary>Makes the first organization, its floor and its administrator, whose token goes into a file that only its owner may read.</summary>
    private static async Task<InstallationFault?> FirstStartAsync(Services services, ServerOptions options, CancellationToken cancellation)
    {
        if (!services.Registry.Current.Organizations.IsEmpty)
            return null;
        var administrator = PersonId.Parse("administrator");
        var token = services.Credentials.Issue(TokenKind.PersonToken);
        var file = Path.Combine(options.ConfigurationFolder, AdministratorTokenFile);

        // A file that an interrupted first start left behind holds a token that was never recorded.
        File.Delete(file);
        if (!KeyFile.TryCreate(file, Encoding.ASCII.GetBytes(token.Token + "\n"), out var unwritten))
            return new InstallationFault("WRIT9204", unwritten.Message);
        var enrolment = services.Credentials.Issue(TokenKind.EnrolmentToken, FirstEnrolmentLife);
        file = Path.Combine(options.ConfigurationFolder, EnrolmentTokenFile);
        File.Delete(file);
        if (!KeyFile.TryCreate(file, Encoding.ASCII.GetBytes(enrolment.Token + "\n"), out unwritten))
            return new InstallationFault("WRIT9204", unwritten.Message);
        var outcome = await services.Controls.TakeAsync(
            Default, null, Presence.Installation,
            _ => ControlPlan.Take(
            [
                new OrganizationCreated("Default organization"),
                new PersonAdded(administrator, "Bootstrap administrator", [.. Enum.GetValues<PersonCapability>()]),
                new PersonTokenIssued(administrator, token.KeyId, token.SecretHash, Presence.BootstrapToken),
                new PasskeyInvited(administrator, enrolment.KeyId, enrolment.SecretHash, enrolment.ExpiresAt),
                .. options.Floor ? DefaultFloor.Begin() : [],
            ]),
            cancellation);
        return outcome is ControlOutcome.Done ? null : new InstallationFault("WRIT9205", $"the first organization could not be recorded: {outcome}");
    }
}
