using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Notes;
using Writ.Ledger.Segments;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Archiving;

/// <summary>
/// Verifies an archive from its first segment to its last without the installation it came from: the chain of manifests, every digest, and then
/// all that holds of a data folder; at the end, that the records lie under signed checkpoints. Reads and takes room for a few segments at a
/// time.
/// </summary>
public static class ArchiveVerifier
{
    /// <summary>Verifies every ledger of an archive; a fault when the archive cannot be read.</summary>
    /// <param name="target">The archive.</param>
    /// <param name="keys">The public keys that may have signed checkpoints; without one, none is believed.</param>
    /// <param name="work">An empty folder for what is fetched.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<(IReadOnlyList<ArchiveReport> Reports, LedgerFault? Fault)> VerifyAsync(
        IArchiveTarget target, IReadOnlyList<Ed25519PublicKey> keys, string work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(keys);
        var names = new List<string>();
        var reports = new List<ArchiveReport>();
        if (await target.ListAsync("", names, cancellation).ConfigureAwait(false) is { } unlisted)
            return (reports, unlisted);
        foreach (var ledger in ArchiveNames.Ledgers(names))
        {
            var (contents, fault) = await ArchiveContents.ReadAsync(target, ledger, names, work, cancellation).ConfigureAwait(false);
            if (fault is not null)
                return (reports, fault);
            var disk = new ArchiveDisk(target, contents, work, cancellation);
            var verified = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = "", Disk = disk, IsPrefix = true }, null, cancellation).ConfigureAwait(false);
            if (disk.Faults.FirstOrDefault(f => f.Kind == LedgerFaultKind.ArchiveUnavailable) is { } unread)
                return (reports, unread);
            reports.Add(new ArchiveReport(
                ledger, contents.Of(SegmentKind.Records).Count, contents.Of(SegmentKind.Vault).Count, Complete(contents, disk, verified, keys)));
        }

        return (reports, null);
    }

    /// <summary>
    /// Copies every segment of an archive into a folder that is not there yet, laid out as a data folder, each held against its manifest. Null when
    /// all are there.
    /// </summary>
    public static async Task<LedgerFault?> RestoreAsync(IArchiveTarget target, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        var names = new List<string>();
        if (await target.ListAsync("", names, cancellation).ConfigureAwait(false) is { } unlisted)
            return unlisted;
        if (Disks.PosixDisk.Instance.CreateFolder(folder) is { } unmade)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unmade.ToString());
        foreach (var ledger in ArchiveNames.Ledgers(names))
        {
            var (contents, fault) = await ArchiveContents.ReadAsync(target, ledger, names, folder, cancellation).ConfigureAwait(false);
            if (fault is not null)
                return fault;
            if (contents.Findings.Count > 0)
                return new LedgerFault(LedgerFaultKind.ArchiveDamaged, contents.Findings[0].ToString());
            foreach (var kind in Enum.GetValues<SegmentKind>())
            {
                var segments = new SegmentFolder(Disks.PosixDisk.Instance, Path.Combine(folder, ledger), kind);
                if (segments.Disk.CreateFolder(segments.Path) is { } unplaced)
                    return new LedgerFault(LedgerFaultKind.StorageFailed, unplaced.ToString());
                foreach (var manifest in contents.Of(kind))
                {
                    if (await ArchivedSegment.FetchAsync(target, manifest, segments.PathOf(manifest.Segment), cancellation).ConfigureAwait(false) is { } unfetched)
                        return unfetched;
                }
            }
        }

        return null;
    }

    private static VerificationReport Complete(ArchiveContents contents, ArchiveDisk disk, VerificationReport verified, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var findings = new List<Finding>(contents.Findings);
        findings.AddRange(disk.Faults.Select(fault => new Finding(FindingKind.ArchiveContradicted, contents.Ledger, -1, fault.Detail)).Distinct());
        findings.AddRange(verified.Findings.Where(f => f.Kind != FindingKind.CheckpointMissing));
        var archived = contents.Of(SegmentKind.Records).SelectMany(m => m.Logs).GroupBy(l => l.Origin, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var logs = verified.Logs.Select(log => log with
        {
            CheckpointSize = archived.TryGetValue(log.Origin, out var last) && IsSigned(log, last, keys, findings) ? log.Size : null,
        }).ToList();
        return verified with { Logs = logs, Findings = findings };
    }

    /// <summary>Whether the records of a log, up to the last that is archived, lie under the checkpoint that was archived with it.</summary>
    private static bool IsSigned(LogReport log, ArchivedLog archived, IReadOnlyList<Ed25519PublicKey> keys, List<Finding> findings)
    {
        bool Fails(FindingKind kind, string what)
        {
            findings.Add(new Finding(kind, log.Origin, -1, what));
            return false;
        }

        if (archived.Size != log.Size || archived.Root != log.Root)
            return Fails(FindingKind.CheckpointContradicted, "the archived records are not those that the last manifest names");
        if (keys.Count == 0)
            return Fails(FindingKind.CheckpointMissing, "no key is at hand to check the archived checkpoint with");
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(archived.Checkpoint), out var note)
            || !Checkpoint.TryParse(note.Text, out var checkpoint)
            || checkpoint.Origin != log.Origin
            || !keys.Any(key => note.IsSignedBy(NoteVerifierKey.ForLog(log.Origin, key))))
            return Fails(FindingKind.CheckpointInvalid, "the archived checkpoint is malformed or signed by none of the keys given");
        return MerkleProof.VerifyConsistency(log.Size, checkpoint.Size, log.Root, checkpoint.Root, [.. archived.Proof])
            || Fails(FindingKind.CheckpointContradicted, $"the archived records are not the beginning of the log of {checkpoint.Size} records that was signed");
    }
}
