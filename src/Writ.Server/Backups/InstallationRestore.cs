using System.Collections.Immutable;
using Writ.Crypto.Vault;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Restorations;
using Writ.Ledger;
using Writ.Ledger.Backups;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Verification;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>
/// Makes an installation from a backup, in empty folders. Its logs hold the same records, with the same roots, under new names: the old logs
/// are never signed again, so that nobody who saw more of them sees them go back. Behind the restored control records lies what was restored
/// and what is known to be lost; until people confirm that, nothing is decided.
/// </summary>
public static class InstallationRestore
{
    /// <summary>So many erased keys fit one record with all else in it.</summary>
    private const int MostErasedOfARecord = 1_000;

    private const string Code = "WRIT2094";
    private static readonly string[] Names = ["control", "decisions"];

    /// <summary>What was restored; or why nothing was, and then the folders are empty again.</summary>
    public static async Task<(RestoreReport? Report, InstallationFault? Fault)> RunAsync(
        RestoreRequest request, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (BackupManifest.Read(request.Backup, out var digest, out var broken) is not { } manifest)
            return (null, broken);
        if (manifest.TrustDomain != options.TrustDomain)
            return (null, new InstallationFault(Code, $"the backup is of the trust domain {manifest.TrustDomain}: give --trust-domain {manifest.TrustDomain}"));
        var hadMasterKey = File.Exists(options.MasterKeyFile);
        try
        {
            if ((BackupFolder.Make(options.DataFolder, Code) ?? BackupFolder.Make(options.ConfigurationFolder, Code)) is { } unmade)
                return (null, unmade);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, new InstallationFault(Code, $"the folders cannot be made: {failure.Message}"));
        }

        // However it ends short of its end, nothing stays, keys least of all.
        RestoreReport? report = null;
        try
        {
            (report, var fault) = await TryAsync(request, digest, options, time, cancellation);
            return (report, fault);
        }
        finally
        {
            if (report is null)
            {
                if (!hadMasterKey && File.Exists(options.MasterKeyFile))
                    File.Delete(options.MasterKeyFile);
                Directory.Delete(options.DataFolder, recursive: true);
                Directory.Delete(options.ConfigurationFolder, recursive: true);
            }
        }
    }

    private static async Task<(RestoreReport? Report, InstallationFault? Fault)> TryAsync(
        RestoreRequest request, string digest, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            RestoreMarker.Put(options);
            if (KeyFiles.Restore(request.Keys, options, Code) is { } unrestored)
                return (null, unrestored);
            var (keys, keyFault) = InstallationKeys.Open(options, isNew: false);
            if (keys is null)
                return (null, keyFault);
            using (keys)
            {
                var (report, fault) = await CopyAsync(request, digest, options, keys, time, cancellation);
                if (report is not null)
                    RestoreMarker.Remove(options);
                return (report, fault);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, new InstallationFault(Code, $"a file cannot be read or written: {failure.Message}"));
        }
    }

    private static async Task<(RestoreReport? Report, InstallationFault? Fault)> CopyAsync(
        RestoreRequest request, string digest, ServerOptions options, InstallationKeys keys, TimeProvider time, CancellationToken cancellation)
    {
        if (SeenCheckpoints.Read(request.Seen, keys.History.Keys, out var unread) is not { } seen)
            return (null, unread);
        await using var begun = new Unwinding();
        var now = time.GetUtcNow();
        var domain = LogDomain.At(options.TrustDomain, now);
        var restored = new List<(string Origin, RestoredLog Log)>();
        var ledgers = new Dictionary<string, MerkleLedger>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            var source = await LedgerVerifier.VerifyAsync(
                new VerificationOptions { DataFolder = Path.Combine(request.Backup, name), Checkpoints = new CheckpointFolder(Path.Combine(request.Backup, "checkpoints", name)), Keys = keys.History.Keys },
                null, cancellation);
            if (source.Findings.FirstOrDefault(finding => finding.IsViolation) is { } finding)
                return (null, new InstallationFault("WRIT2093", $"{Path.Combine(request.Backup, name)} is not sound: {finding}. Use another backup."));
            var target = OpenInstallation.LedgerOptionsOf(options, name, keys, time);
            if (PrunedBeginning.Write(target, [.. source.Logs.Select(log => (log.Log, OriginIn(domain, log.Origin)))], [.. source.PruningRecords.Select(line => OriginIn(domain, line))]) is { } unbegun)
                return (null, new InstallationFault(unbegun.Code, unbegun.Detail));
            var (ledger, _, unopened) = await OpenInstallation.OpenLedgerAsync(options, name, keys, time, cancellation);
            if (ledger is null)
                return (null, new InstallationFault(unopened!.Code, unopened.Detail));
            begun.Add(ledger);
            ledgers[name] = ledger;
            foreach (var log in source.Logs)
            {
                if (log.CheckpointSize is not { } size)
                    return (null, new InstallationFault("WRIT2093", $"no checkpoint of {log.Origin} is in the backup. Use another backup."));
                if (seen.Contradiction(log.Log, size) is { } contradiction)
                    return (null, contradiction);
                var origin = OriginIn(domain, log.Origin);
                var (copy, fault) = await new LogReplica(ledger).WriteAsync(log.Log, size, origin, cancellation);
                if (copy is null)
                    return (null, fault);
                var last = seen.Of(log.Origin) is { } shown && shown.Checkpoint.Size >= size ? shown : default;
                restored.Add((origin, new RestoredLog(
                    log.Origin, (long)size, copy.Head.Root.ToHex(), (long?)last.Checkpoint?.Size, last.Checkpoint?.Root.ToHex(), last.Cosigned)));
            }
        }

        InstallationBackup.CopyCarried(request.Backup, options.DataFolder);
        var (erased, unerased) = Erase(request, options, restored);
        if (unerased is not null)
            return (null, unerased);
        return await RecordAsync(ledgers["control"], domain, digest, restored, erased, now) is { } unrecorded
            ? (null, unrecorded)
            : (new RestoreReport(
                domain, [.. restored.Select(r => r.Log)], [.. restored.Select(r => NoteVerifierKey.ForLog(r.Origin, keys.Signing.PublicKey).ToString())],
                erased.Sum(e => e.Value.Count)), null);
    }

    private static (Dictionary<OrganizationId, IReadOnlyList<Guid>> Erased, InstallationFault? Fault) Erase(
        RestoreRequest request, ServerOptions options, List<(string Origin, RestoredLog Log)> restored)
    {
        var erased = new Dictionary<OrganizationId, IReadOnlyList<Guid>>();
        if (!SubjectKeyRing.TryStart(Path.Combine(options.DataFolder, "vault.keys"), options.MasterKeyFile, out var ring, out var locked))
            return (erased, new InstallationFault("WRIT9202", locked.Message));
        using (ring)
        {
            if (request.Erasures is not { } list)
                return (erased, null);
            foreach (var organization in restored.Select(r => OrganizationOf(r.Origin)).Distinct())
            {
                var (keys, fault) = LaterErasures.Replay(list, ring, organization);
                if (fault is not null)
                    return (erased, fault);
                erased[organization] = keys;
            }
        }

        return (erased, null);
    }

    /// <summary>The last step: what was restored, in as many records as the erased keys take.</summary>
    private static async Task<InstallationFault?> RecordAsync(
        MerkleLedger control, string domain, string digest, List<(string Origin, RestoredLog Log)> restored, Dictionary<OrganizationId, IReadOnlyList<Guid>> erased, DateTimeOffset now)
    {
        foreach (var log in control.Logs)
        {
            var organization = OrganizationOf(log.Origin);
            ImmutableArray<RestoredLog> logs = [.. restored.Where(r => OrganizationOf(r.Origin) == organization).Select(r => r.Log)];
            foreach (var keys in (erased.GetValueOrDefault(organization) ?? []).Chunk(MostErasedOfARecord).DefaultIfEmpty([]))
            {
                var action = new InstallationRestored(domain, digest, logs, [.. keys]);
                var result = await control.AppendAsync(log, RestorationRecord.Write(organization, action, now), default, AppendClass.Reserved, CancellationToken.None);
                if (result.Fault is { } fault)
                    return new InstallationFault(fault.Code, fault.Detail);
            }
        }

        return null;
    }

    private static string OriginIn(string domain, string origin) => domain + origin[origin.IndexOf('/', StringComparison.Ordinal)..];

    private static OrganizationId OrganizationOf(string origin) => OrganizationId.Parse(origin.Split('/')[1]);
}
