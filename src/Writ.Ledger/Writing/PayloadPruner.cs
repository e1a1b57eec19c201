using Writ.Ledger.Disks;
using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Overwrites payloads where they lie, whole sectors at a time and past the cache, as the writer appends: a batch shares no sector with the
/// next. Done again it changes nothing, so that what a crash cut short is made good by asking once more.
/// </summary>
internal static class PayloadPruner
{
    public static LedgerFault? Prune(SegmentFolder vault, LogicalLog log, IEnumerable<ulong> indexes)
    {
        foreach (var batch in Batches(log, indexes).GroupBy(b => b.Location.Segment).OrderBy(b => b.Key))
        {
            if (!vault.Disk.TryOpen(vault.PathOf(batch.Key), DiskAccess.Read, out var reading, out var fault))
                return Failed(fault);
            using (reading)
            {
                if (!vault.Disk.TryOpen(vault.PathOf(batch.Key), DiskAccess.WriteUncached, out var writing, out fault))
                    return Failed(fault);
                using (writing)
                {
                    foreach (var (location, wanted) in batch)
                    {
                        if (Prune(vault, reading, writing, location.Offset, log.Number, wanted) is { } refused)
                            return refused;
                    }

                    if (writing.Flush() is { } unflushed)
                        return Failed(unflushed);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(BatchLocation Location, HashSet<ulong> Indexes)> Batches(LogicalLog log, IEnumerable<ulong> indexes)
    {
        foreach (var slot in indexes.Where(index => index < log.Head.Size).GroupBy(log.PayloadIndex.SlotOf))
        {
            if (log.PayloadIndex.TryGet(slot.Key, out var location))
                yield return (location, [.. slot]);
        }
    }

    private static LedgerFault? Prune(SegmentFolder vault, IDiskFile reading, IDiskFile writing, long offset, uint log, HashSet<ulong> wanted)
    {
        var start = new byte[BatchHeader.FixedLength];
        if (reading.Read(offset, start, out _) is { } unread)
            return Failed(unread);
        var length = BatchHeader.PlausibleLength(start, vault.Kind, reading.Length - offset);
        if (length == 0)
            return new LedgerFault(LedgerFaultKind.ReadFailed, $"{vault.Path}: no batch header where one was written");
        var body = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        var whole = new AlignedMemory((int)Format.AlignToSector((long)length + body));
        if (reading.Read(offset, whole.Span, out var count) is { } unreadable)
            return Failed(unreadable);
        if (count != whole.Length)
            return new LedgerFault(LedgerFaultKind.ReadFailed, $"{vault.Path}: the segment ends inside a batch");

        var changed = false;
        for (var rest = whole.Span.Slice(length, body); !rest.IsEmpty;)
        {
            var frame = Frame.TotalLengthAt(rest);
            if (frame < 0)
                return new LedgerFault(LedgerFaultKind.ReadFailed, $"{vault.Path}: a frame's length is impossible");
            if (Frame.LogAt(rest) == log && wanted.Contains(VaultFrame.IndexOf(rest)) && !PrunedFrame.Is(rest[..frame]))
            {
                PrunedFrame.Prune(rest[..frame]);
                changed = true;
            }

            rest = rest[frame..];
        }

        // The header's sectors stay as they are.
        return changed && writing.Write(offset + length, whole.Span[length..]) is { } unwritten ? Failed(unwritten) : null;
    }

    private static LedgerFault Failed(DiskFault fault) => new(LedgerFaultKind.StorageFailed, fault.ToString());
}
