using Writ.Crypto.Hashing;
using Writ.Ledger.Reading;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Recovery;

/// <summary>
/// Folds the vault's batches into the payload index of the logs and checks their chain. Batches of records that never became
/// durable are left out: they are at the end, and at most one. Not thread safe.
/// </summary>
/// <param name="records">The records, folded already.</param>
/// <param name="mayBeAhead">True where records end early, as in an archive: payloads of later ones are checked as far as they show by themselves.</param>
internal sealed class VaultFold(HistoryFold records, bool mayBeAhead = false)
{
    private ulong _companion;

    public ulong LastBatch { get; private set; }

    public Hash256 LastHash { get; private set; }

    public ulong NextSequence { get; private set; }

    public ulong Payloads => NextSequence;

    public void Enter(SegmentHeader header, List<string> problems)
    {
        if (records.Ledger is { } ledger && header.Ledger != ledger)
            problems.Add("the vault belongs to another ledger");
        if (header.FirstBatch != LastBatch + 1 || header.PreviousBatch != LastHash)
            problems.Add($"the vault segment does not follow vault batch {LastBatch}");
    }

    /// <summary>False when the batch belongs to records that are not there: it was never acknowledged.</summary>
    public bool Add(ScannedBatch batch, ulong segment, List<string> problems)
    {
        var header = batch.Header;
        if (header.Number != LastBatch + 1 || header.PreviousBatch != LastHash || header.FirstSequence != NextSequence)
            problems.Add($"vault batch {header.Number} does not follow vault batch {LastBatch}");
        if (header.Companion <= _companion)
            problems.Add($"vault batch {header.Number} belongs to batch {header.Companion}, not after the one before");
        if (header.Companion > records.LastBatch && !mayBeAhead)
            return false;

        _companion = header.Companion;
        (LastBatch, LastHash) = (header.Number, batch.Hash);
        NextSequence = header.FirstSequence + (ulong)header.FrameCount;
        if (header.Companion > records.LastBatch)
            return true;
        foreach (var touched in header.Touched.Span)
        {
            if (!records.Logs.TryGetValue(touched.Log, out var log) || touched.Position >= log.Builder.Size)
                problems.Add($"vault batch {header.Number} has payloads of records that do not exist");
            else
                log.Payloads.Add(new BatchLocation(touched.Position, segment, batch.Offset));
        }

        foreach (var (number, index) in batch.Pruned)
        {
            if (records.Logs.TryGetValue(number, out var log))
                log.Pruned.Add(index);
        }

        return true;
    }
}
