using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;
using Writ.Ledger.Hashes;
using Writ.Ledger.Merkle;
using Writ.Ledger.Pruning;
using Writ.Ledger.Recovery;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Backups;

/// <summary>
/// Begins the folder of a ledger that is to continue logs whose first records were pruned: with their hashes and nothing else, as if the first
/// segment had held them and had been pruned here.
/// </summary>
public static class PrunedBeginning
{
    private const string Engine = "restored";
    private const int LeastFrame = Format.FrameHeaderLength + 1;

    /// <summary>Writes it, and keeps an empty checkpoint of each log. Does nothing where nothing was pruned.</summary>
    /// <param name="target">How the ledger will be opened; nothing may be in its folder yet.</param>
    /// <param name="logs">The logs that it will continue, with the names they will have; all that had been pruned.</param>
    /// <param name="recorded">Where it is recorded who removed the records.</param>
    public static LedgerFault? Write(LedgerOptions target, IReadOnlyList<(LogicalLog Source, string Origin)> logs, IReadOnlyList<string> recorded)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(recorded);
        var pruned = logs.Where(log => log.Source.MinimumIndex > 0).ToList();
        if (pruned.Count == 0)
            return null;
        var keeper = new CheckpointKeeper(target.Checkpoints, target.SigningKey, target.PreviousKeys);
        if (keeper.Load() is { } unread)
            return unread;
        foreach (var (_, origin) in pruned)
        {
            if (keeper.Sign(origin, LogHead.Empty) is CheckpointSigning.Refused refused)
                return refused.Fault;
        }

        var ledger = LedgerId.Draw();
        var catalog = CatalogOf(ledger, [.. pruned.Select((log, i) => CatalogRecord.Write((uint)i + 1, log.Origin))]);
        if (RecordsOf(ledger, catalog, [.. pruned.Select(log => log.Source)], out var fault) is not { } records)
            return fault;
        var length = records.Offset + records.Header.PaddedLength;
        var header = new SegmentHeader(
            SegmentKind.Records, ledger, 1, 1, 0, (ulong)Math.Max(Format.MinSegmentLength, (length + Format.Page - 1) / Format.Page * Format.Page), default, Engine);
        var segment = new ScannedSegment { Number = 1, Length = (long)header.Length, Header = header };
        segment.Batches.AddRange([catalog, records]);
        var folder = new SegmentFolder(target.Disk, target.DataFolder, SegmentKind.Records);
        var hashes = new HashFolder(target.Disk, target.DataFolder, [target.SigningKey.PublicKey]);
        return (hashes.Write(folder, 1, SegmentHashes.Write(segment, default, target.SigningKey))
            ?? new PruningNote(ledger.ToHex(), 1, recorded).Write(target.Disk, target.DataFolder, target.SigningKey)) is { } unwritten
            ? new LedgerFault(LedgerFaultKind.StorageFailed, unwritten.ToString())
            : null;
    }

    private static ScannedBatch CatalogOf(LedgerId ledger, List<byte[]> records)
    {
        var leaves = records.Select(record => MerkleHash.Leaf(record)).ToArray();
        var tree = new TreeBuilder();
        tree.Append(leaves);
        return Batch(ledger, 1, 0, default, Format.SegmentHeaderLength, records.Sum(r => Format.FrameHeaderLength + r.Length), leaves, [],
            [new TouchedLog(Format.CatalogLog, (uint)leaves.Length, (ulong)leaves.Length, tree.Root())], records);
    }

    private static ScannedBatch? RecordsOf(LedgerId ledger, ScannedBatch before, List<LogicalLog> logs, out LedgerFault? fault)
    {
        fault = null;
        var total = logs.Aggregate(0UL, (sum, log) => sum + log.MinimumIndex);
        if (total > int.MaxValue / LeastFrame)
            fault = new LedgerFault(LedgerFaultKind.OptionsInvalid, $"{total} pruned records are more than one segment can stand for");
        var leaves = new Hash256[fault is null ? total : 0];
        var of = new uint[leaves.Length];
        var touched = new List<TouchedLog>();
        var at = 0;
        for (var i = 0; i < logs.Count && fault is null; i++)
        {
            var (log, count) = (logs[i], (int)logs[i].MinimumIndex);
            if (!log.ReadNodes(0, 0, leaves.AsSpan(at, count)) || log.RootAt((ulong)count) is not { } root)
            {
                fault = new LedgerFault(LedgerFaultKind.PruningUnproved, $"the hashes of the pruned records of {log.Origin} cannot be read");
                break;
            }

            of.AsSpan(at, count).Fill((uint)i + 1);
            touched.Add(new TouchedLog((uint)i + 1, (uint)count, (ulong)count, root));
            at += count;
        }

        return fault is null
            ? Batch(ledger, 2, (ulong)before.Leaves.Length, before.Hash, before.Offset + before.Header.PaddedLength, leaves.Length * LeastFrame, leaves, touched.Count == 1 ? [] : of, [.. touched], [])
            : null;
    }

    private static ScannedBatch Batch(
        LedgerId ledger, ulong number, ulong sequence, Hash256 previous, long offset, int body, Hash256[] leaves, uint[] logs, TouchedLog[] touched, List<byte[]> catalog)
    {
        var header = new BatchHeader(SegmentKind.Records, ledger, number, sequence, 0, leaves.Length, body, previous, Hash256.Of(Encoding.ASCII.GetBytes(Engine)), touched);
        var hash = header.WriteTo(new byte[header.HeaderLength]);
        return new ScannedBatch { Offset = offset, Header = header, Hash = hash, Leaves = leaves, Logs = logs, Catalog = catalog };
    }
}
