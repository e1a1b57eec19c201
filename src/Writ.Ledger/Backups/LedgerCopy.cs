using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Pruning;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Backups;

/// <summary>
/// Copies what is durable of a ledger's folder, also while its owner appends: batches never change once they are written, so a copy up to a
/// batch is the ledger as it was then. What is being written while it is copied is left out. Verify the copy before relying on it.
/// </summary>
public static class LedgerCopy
{
    // A batch that is being written, or a payload that is being pruned, can look like damage for a moment.
    private const int Tries = 5;
    private const int BufferBytes = 1024 * 1024;

    /// <summary>Copies records and vault into a folder, in which nothing may be yet; null when it is done and flushed.</summary>
    /// <param name="dataFolder">The ledger's folder; only read.</param>
    /// <param name="target">Where to; made if absent.</param>
    /// <param name="cancellationToken">Ends it between segments.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public static LedgerFault? Copy(string dataFolder, string target, CancellationToken cancellationToken = default)
    {
        LedgerFault? fault = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            fault = CopyOnce(dataFolder, target, cancellationToken);
            if (fault?.Kind is not LedgerFaultKind.Damaged)
                break;
        }

        return fault;
    }

    private static LedgerFault? CopyOnce(string dataFolder, string target, CancellationToken cancellationToken)
    {
        var records = new SegmentFolder(PosixDisk.Instance, dataFolder, SegmentKind.Records);
        var vault = new SegmentFolder(PosixDisk.Instance, dataFolder, SegmentKind.Vault);
        var last = 0UL;
        if (CopyPruned(records, dataFolder, target) is { } uncopied)
            return uncopied;
        if (Measure(records, batch => (last = batch.Number) > 0, cancellationToken, out var recordEnds) is { } unmeasured)
            return unmeasured;
        // The vault is read later and may know more: payloads of records that are not in the copy stay out of it.
        return Measure(vault, batch => batch.Companion <= last, cancellationToken, out var vaultEnds) ?? Write(records, recordEnds, target, cancellationToken) ?? Write(vault, vaultEnds, target, cancellationToken);
    }

    /// <summary>What stands for segments that are gone: their hashes, and what says that it was on purpose.</summary>
    private static LedgerFault? CopyPruned(SegmentFolder records, string dataFolder, string target)
    {
        var note = Path.Combine(dataFolder, PruningNote.FileName);
        if (!File.Exists(note))
            return null;
        if (records.List(out var numbers, out _, out _) is { } unlisted)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unlisted.ToString());
        var hashes = new HashFolder(PosixDisk.Instance, dataFolder, []);
        var copies = new HashFolder(PosixDisk.Instance, target, []);
        Directory.CreateDirectory(Path.Combine(target, HashFolder.FolderName));
        for (var number = 1UL; number < (numbers.Count == 0 ? 1 : numbers[0]); number++)
        {
            if (!File.Exists(hashes.PathOf(records, number)))
                return new LedgerFault(LedgerFaultKind.SegmentMissing, $"{records.PathOf(number)} was pruned, and its hashes are missing");
            if (Copy(hashes.PathOf(records, number), copies.PathOf(records, number)) is { } fault)
                return new LedgerFault(LedgerFaultKind.StorageFailed, fault.ToString());
        }

        return Copy(note, Path.Combine(target, PruningNote.FileName)) is { } unwritten ? new LedgerFault(LedgerFaultKind.StorageFailed, unwritten.ToString()) : null;

        static DiskFault? Copy(string from, string to) => Write(from, to, new FileInfo(from).Length, new FileInfo(from).Length);
    }

    /// <summary>How far each segment in use is filled with batches that are wanted.</summary>
    private static LedgerFault? Measure(
        SegmentFolder folder, Func<BatchHeader, bool> wanted, CancellationToken cancellationToken, out List<(ulong Number, long End, long Length)> ends)
    {
        ends = [];
        if (folder.List(out var numbers, out _, out _) is { } unlisted)
            return new LedgerFault(LedgerFaultKind.StorageFailed, unlisted.ToString());
        using var scanner = new SegmentScanner(folder);
        // Whether those before the first may be missing, the verification of the copy tells.
        var first = folder.Kind == SegmentKind.Records && numbers.Count > 0 ? numbers[0] : 1;
        foreach (var number in numbers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (number != (ulong)ends.Count + first)
                return new LedgerFault(LedgerFaultKind.SegmentMissing, $"{folder.PathOf((ulong)ends.Count + first)} is missing");
            var segment = scanner.Scan(number);
            if (segment.Damage.Count > 0 && !segment.HasTornTail)
                return new LedgerFault(LedgerFaultKind.Damaged, $"{folder.PathOf(number)} at byte {segment.Damage[0].Offset}: {segment.Damage[0].Detail}");
            if (segment.Header is null)
                return null; // a spare, or its first write is under way
            var batches = segment.Batches.TakeWhile(batch => wanted(batch.Header)).ToList();
            if (batches.Count > 0)
                ends.Add((number, batches[^1].Offset + batches[^1].Header.PaddedLength, segment.Length));
            if (batches.Count < segment.Batches.Count || segment.HasTornTail || batches.Count == 0)
                return null;
        }

        return null;
    }

    private static LedgerFault? Write(SegmentFolder folder, List<(ulong Number, long End, long Length)> ends, string target, CancellationToken cancellationToken)
    {
        var copies = new SegmentFolder(PosixDisk.Instance, target, folder.Kind);
        Directory.CreateDirectory(copies.Path);
        foreach (var (number, end, length) in ends)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Write(folder.PathOf(number), copies.PathOf(number), end, length) is { } fault)
                return new LedgerFault(LedgerFaultKind.StorageFailed, fault.ToString());
        }

        return PosixDisk.Instance.FlushFolder(copies.Path) is { } unflushed ? new LedgerFault(LedgerFaultKind.StorageFailed, unflushed.ToString()) : null;
    }

    /// <summary>The bytes up to the end, and zeros to the length, which take no room.</summary>
    private static DiskFault? Write(string from, string to, long end, long length)
    {
        if (!PosixDisk.Instance.TryOpen(from, DiskAccess.Read, out var source, out var unopened))
            return unopened;
        using (source)
        {
            using var copy = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None);
            var buffer = new byte[Math.Min(end, BufferBytes)];
            for (var at = 0L; at < end; at += buffer.Length)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at));
                if (source.Read(at, part, out var count) is { } unread)
                    return unread;
                if (count < part.Length)
                    return new DiskFault("read", from, DiskFault.InputOutput);
                copy.Write(part);
            }

            copy.SetLength(length);
            copy.Flush(flushToDisk: true);
            return null;
        }
    }
}
