using System.Collections.Immutable;
using Writ.Crypto.Signing;
using Writ.Ledger.Backups;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Verification;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>
/// Backs an installation up, also while its server runs. Consistent at signed checkpoints that cover every
/// record there was when it began: first of the decision log, then of the control log, so that nothing a decision names is missing.
/// </summary>
public static class InstallationBackup
{
    private const string Code = "WRIT2092";
    private const string Control = "control";
    private const string Decisions = "decisions";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>What was backed up, or why nothing was.</summary>
    /// <param name="options">The installation.</param>
    /// <param name="target">The folder of the backup; nothing may be in it.</param>
    /// <param name="keys">The folder for the secrets; nothing may be in it, and neither folder may lie in the other.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<(BackupManifest? Manifest, InstallationFault? Fault)> TakeAsync(
        ServerOptions options, string target, string keys, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            if (BackupFolder.IsInside(keys, target) || BackupFolder.IsInside(target, keys))
                return (null, new InstallationFault(Code, "the keys go into a folder apart from the backup: what is erased must not live on in every copy"));
            if (!File.Exists(Path.Combine(options.ConfigurationFolder, "signing.key")))
                return (null, new InstallationFault(Code, $"{options.ConfigurationFolder} holds no installation: there is no signing.key"));
            if ((BackupFolder.Make(target, Code) ?? BackupFolder.Make(keys, Code)) is { } unmade)
                return (null, unmade);
            return await CopyAsync(options, target, keys, time, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, new InstallationFault(Code, $"the backup cannot be written: {failure.Message}"));
        }
    }

    private static async Task<(BackupManifest? Manifest, InstallationFault? Fault)> CopyAsync(
        ServerOptions options, string target, string keys, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var name in new[] { Decisions, Control })
        {
            if (await CopyLedgerAsync(options, target, name, time, cancellation) is { } fault)
                return (null, fault);
        }

        // What carries the state of records that are gone came before they went.
        CopyCarried(options.DataFolder, target);

        // After the records, so that the key of every payload in them is there.
        if (KeyFiles.Save(options, keys, Code) is { } unsaved)
            return (null, unsaved);
        var (opened, keyFault) = InstallationKeys.Open(options with { ConfigurationFolder = keys }, isNew: false);
        if (opened is null)
            return (null, keyFault);
        ImmutableArray<Ed25519PublicKey> signers;
        using (opened)
            signers = [.. opened.History.Keys];
        var (logs, unsound) = await VerifyAsync(target, signers, cancellation);
        if (unsound is not null)
            return (null, unsound);
        var manifest = new BackupManifest(
            BackupManifest.NewestFormat, time.GetUtcNow(), options.TrustDomain, [.. signers.Select(key => Convert.ToBase64String(key.Bytes))], logs,
            BackupManifest.FilesIn(target));
        manifest.WriteTo(target);
        return (manifest, null);
    }

    /// <summary>Waits until a signed checkpoint covers every record there is now, and copies it and what is under it.</summary>
    private static async Task<InstallationFault?> CopyLedgerAsync(ServerOptions options, string target, string name, TimeProvider time, CancellationToken cancellation)
    {
        var source = Path.Combine(options.DataFolder, name);
        var now = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = source }, null, cancellation);
        var began = time.GetTimestamp();
        while (!Covers(Path.Combine(options.ConfigurationFolder, "checkpoints", name), now))
        {
            if (time.GetElapsedTime(began) > LongestWait)
                return new InstallationFault(Code, $"no checkpoint covers the last records of {source}: start the server, it signs one within seconds, and back up again");
            await Task.Delay(Pause, time, cancellation);
        }

        if (CopyCheckpoints(options, target, name) is { } unread)
            return unread;
        return LedgerCopy.Copy(source, Path.Combine(target, name), cancellation) is { } fault ? new InstallationFault(fault.Code, fault.Detail) : null;
    }

    /// <summary>Copies the snapshots that carry the state of pruned records from one folder to another.</summary>
    internal static void CopyCarried(string from, string to)
    {
        var (source, copies) = (Path.Combine(from, "folds"), Path.Combine(to, "folds"));
        if (!Directory.Exists(source))
            return;
        foreach (var file in Directory.GetFiles(source, "*" + FoldSnapshots.CarryingSuffix))
        {
            Directory.CreateDirectory(copies);
            File.Copy(file, Path.Combine(copies, Path.GetFileName(file)));
        }
    }

    private static bool Covers(string checkpoints, VerificationReport report)
    {
        var notes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        return new CheckpointFolder(checkpoints).ReadAll(notes) is null
            && report.Logs.All(log => notes.TryGetValue(log.Origin, out var note) && SizeOf(note) >= log.Size);
    }

    private static ulong SizeOf(byte[] bytes) =>
        SignedNote.TryParse(bytes, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size : 0;

    private static InstallationFault? CopyCheckpoints(ServerOptions options, string target, string name)
    {
        var notes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var copies = new CheckpointFolder(Path.Combine(target, "checkpoints", name));
        if (new CheckpointFolder(Path.Combine(options.ConfigurationFolder, "checkpoints", name)).ReadAll(notes) is { } unread)
            return new InstallationFault(unread.Code, unread.Detail);
        foreach (var (origin, note) in notes)
        {
            if (copies.CompareAndSwap(origin, null, note) is { } fault)
                return new InstallationFault(fault.Code, fault.Detail);
        }

        Directory.CreateDirectory(copies.Path);
        File.Delete(Path.Combine(copies.Path, "lock"));
        return null;
    }

    /// <summary>Reads the copy from the first byte to the last, against the checkpoints that came with it.</summary>
    internal static async Task<(ImmutableArray<BackedUpLog> Logs, InstallationFault? Fault)> VerifyAsync(
        string backup, IReadOnlyList<Ed25519PublicKey> keys, CancellationToken cancellation)
    {
        var logs = ImmutableArray.CreateBuilder<BackedUpLog>();
        foreach (var name in new[] { Control, Decisions })
        {
            var report = await LedgerVerifier.VerifyAsync(
                new VerificationOptions { DataFolder = Path.Combine(backup, name), Checkpoints = new CheckpointFolder(Path.Combine(backup, "checkpoints", name)), Keys = keys },
                null, cancellation);
            if (report.Findings.FirstOrDefault(finding => finding.IsViolation) is { } finding)
                return ([], new InstallationFault("WRIT2093", $"{Path.Combine(backup, name)} is not sound: {finding}"));
            foreach (var log in report.Logs)
            {
                if (log.CheckpointSize is not { } size || log.Log.RootAt(size) is not { } root)
                    return ([], new InstallationFault("WRIT2093", $"no checkpoint of {log.Origin} is in {backup}"));
                logs.Add(new BackedUpLog(name, log.Origin, (long)size, root.ToHex()));
            }
        }

        return (logs.ToImmutable(), null);
    }
}
