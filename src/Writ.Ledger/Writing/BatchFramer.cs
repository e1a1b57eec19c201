using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Writing;

/// <summary>
/// Turns queued appends into a batch: admits what there is room for, seals frames, hashes leaves in lanes, grows the trees,
/// writes the headers. Called under the framing lock, so batches are framed in the order they will be written.
/// Guarded by the bench "ledger".
/// </summary>
internal sealed class BatchFramer(SegmentSpace records, SegmentSpace vault, LedgerId ledger)
{
    private byte[] _frameHeaders = new byte[64 * Format.FrameHeaderLength];

    /// <summary>Frames what the disk has room for and refuses the rest; false when nothing was left.</summary>
    public bool TryFrame(BatchBuffer buffer, FramedBatch framed)
    {
        Admit(buffer);
        framed.Reset(buffer);
        if (buffer.Count == 0)
            return false;
        HashLeaves(framed);
        GrowTrees(framed);
        if (buffer.Payloads.Length > 0)
            FrameVault(framed);
        FrameRecords(framed);
        return true;
    }

    private void Admit(BatchBuffer buffer)
    {
        var header = BatchHeader.LengthFor(buffer.TouchedLogs);
        var need = Format.AlignToSector(header + (long)buffer.Records.Length);
        var vaultNeed = buffer.Payloads.Length == 0 ? 0 : Format.AlignToSector(header + (long)buffer.Payloads.Length);
        var room = records.RoomFor(need);
        var vaultRoom = vaultNeed == 0 ? new BatchRoom(0, 0, null) : vault.RoomFor(vaultNeed);
        if (need <= room.ForOrdinary && vaultNeed <= vaultRoom.ForOrdinary)
            return;

        var cause = room.Fault ?? vaultRoom.Fault;
        var refusal = new AppendResult(new LedgerFault(
            LedgerFaultKind.DiskFull,
            "no room is left before the reserve" + (cause is null ? "" : $" ({cause})") + ": make room on the disk of the data folder"));
        long overhead = header + Format.Sector, used = overhead, vaultUsed = overhead;
        int kept = 0, recordsEnd = 0, payloadsEnd = 0;
        foreach (var append in buffer.Appends)
        {
            var reserved = append.Class == AppendClass.Reserved;
            var fits = used + append.Length <= (reserved ? room.ForReserved : room.ForOrdinary)
                && (append.PayloadLength == 0
                    || vaultUsed + append.PayloadLength <= (reserved ? vaultRoom.ForReserved : vaultRoom.ForOrdinary));
            if (!fits)
            {
                append.Pending.Complete(in refusal);
                continue;
            }

            buffer.Records.Move(append.Offset, recordsEnd, append.Length);
            if (append.PayloadLength > 0)
                buffer.Payloads.Move(append.PayloadOffset, payloadsEnd, append.PayloadLength);
            buffer.Appends[kept++] = append with { Offset = recordsEnd, PayloadOffset = payloadsEnd };
            recordsEnd += append.Length;
            payloadsEnd += append.PayloadLength;
            used += append.Length;
            vaultUsed += append.PayloadLength;
        }

        buffer.Truncate(kept);
        buffer.Records.Truncate(recordsEnd);
        buffer.Payloads.Truncate(payloadsEnd);
    }

    private static void HashLeaves(FramedBatch framed)
    {
        var appends = framed.Buffer.Appends;
        var frames = framed.Buffer.Records.Frames;
        for (var i = 0; i < appends.Length; i++)
        {
            ref readonly var append = ref appends[i];
            framed.Slices[i] = new LeafSlice(append.Offset + Format.FrameHeaderLength, append.Length - Format.FrameHeaderLength);
            Frame.Seal(frames.Slice(append.Offset, append.Length));
        }

        MerkleHash.Leaves(frames, framed.Slices.AsSpan(0, appends.Length), framed.Leaves.AsSpan(0, appends.Length));
    }

    private static void GrowTrees(FramedBatch framed)
    {
        var appends = framed.Buffer.Appends;
        var count = appends.Length;
        foreach (ref readonly var append in appends)
        {
            if (append.Log.FramingCount++ == 0)
                framed.Logs.Add(new FramedLog(append.Log, append.Log.Builder.Size, LogHead.Empty));
        }

        var start = 0;
        foreach (var touched in framed.Logs)
        {
            touched.Log.FramingNext = start;
            start += touched.Log.FramingCount;
        }

        for (var i = 0; i < count; i++)
        {
            var log = appends[i].Log;
            var place = log.FramingNext++;
            framed.Grouped[place] = framed.Leaves[i];
            // FramingNext ran from the group's start: what it passed, added to the size, is the index.
            framed.Indexes[i] = (ulong)place;
        }

        start = 0;
        for (var t = 0; t < framed.Logs.Count; t++)
        {
            var (log, first, _) = framed.Logs[t];
            log.Builder.Append(framed.Grouped.AsSpan(start, log.FramingCount));
            framed.Logs[t] = new FramedLog(log, first, new LogHead(log.Builder.Size, log.Builder.Root()));
            log.FramingBase = first - (ulong)start;
            start += log.FramingCount;
        }

        for (var i = 0; i < count; i++)
            framed.Indexes[i] = unchecked(framed.Indexes[i] + appends[i].Log.FramingBase);
    }

    private void FrameVault(FramedBatch framed)
    {
        var frames = framed.Buffer.Payloads.Frames;
        var appends = framed.Buffer.Appends;
        var count = 0;
        EnsureRoomForHeaders(appends.Length);
        for (var i = 0; i < appends.Length; i++)
        {
            if (appends[i].PayloadLength == 0)
                continue;
            var frame = frames.Slice(appends[i].PayloadOffset, appends[i].PayloadLength);
            VaultFrame.SetIndex(frame, framed.Indexes[i]);
            Frame.Seal(frame);
            NoteHeader(frame, count++);
            NoteVaultLog(framed, appends[i].Log, framed.Indexes[i]);
        }

        var touched = new TouchedLog[framed.VaultLogs.Count];
        for (var i = 0; i < touched.Length; i++)
        {
            var (log, first, payloads) = framed.VaultLogs[i];
            touched[i] = new TouchedLog(log.Number, payloads, first, default);
            log.VaultSlot = 0;
        }

        (framed.VaultPlace, framed.VaultHeaderLength) = Head(vault, SegmentKind.Vault, framed.Buffer.Payloads, count, records.NextBatch, touched);
    }

    private static void NoteVaultLog(FramedBatch framed, LogicalLog log, ulong index)
    {
        if (log.VaultSlot == 0)
        {
            framed.VaultLogs.Add((log, index, 1));
            log.VaultSlot = framed.VaultLogs.Count;
            return;
        }

        var (_, first, count) = framed.VaultLogs[log.VaultSlot - 1];
        framed.VaultLogs[log.VaultSlot - 1] = (log, first, count + 1);
    }

    private void FrameRecords(FramedBatch framed)
    {
        var appends = framed.Buffer.Appends;
        var frames = framed.Buffer.Records.Frames;
        EnsureRoomForHeaders(appends.Length);
        for (var i = 0; i < appends.Length; i++)
            NoteHeader(frames[appends[i].Offset..], i);

        var touched = new TouchedLog[framed.Logs.Count];
        for (var i = 0; i < touched.Length; i++)
        {
            var (log, _, head) = framed.Logs[i];
            touched[i] = new TouchedLog(log.Number, (uint)log.FramingCount, head.Size, head.Root);
            log.FramingCount = 0;
        }

        (framed.RecordsPlace, framed.RecordsHeaderLength) =
            Head(records, SegmentKind.Records, framed.Buffer.Records, appends.Length, vault.NextBatch - 1, touched);
    }

    private (BatchPlace Place, int HeaderLength) Head(
        SegmentSpace space,
        SegmentKind kind,
        FrameBuffer frames,
        int count,
        ulong companion,
        TouchedLog[] touched)
    {
        var header = new BatchHeader(
            kind,
            ledger,
            space.NextBatch,
            space.NextSequence,
            companion,
            count,
            frames.Length,
            space.PreviousBatch,
            Hash256.Of(_frameHeaders.AsSpan(0, count * Format.FrameHeaderLength)),
            touched);
        var place = space.Place(header.PaddedLength);
        space.Advance(header.WriteTo(frames.Batch(header.HeaderLength)), count);
        return (place, header.HeaderLength);
    }

    private void NoteHeader(ReadOnlySpan<byte> frame, int slot) =>
        frame[..Format.FrameHeaderLength].CopyTo(_frameHeaders.AsSpan(slot * Format.FrameHeaderLength));

    private void EnsureRoomForHeaders(int count)
    {
        if (_frameHeaders.Length < count * Format.FrameHeaderLength)
            _frameHeaders = new byte[2 * count * Format.FrameHeaderLength];
    }
}
