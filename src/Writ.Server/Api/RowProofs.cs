using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Proofs;

namespace Writ.Server.Api;

/// <summary>Gives each row of an answer the record it was read from, proved: a C2SP tlog-proof under a checkpoint that covers them all.</summary>
internal static class RowProofs
{
    /// <summary>The most rows of an answer with proofs: each takes reads of its own.</summary>
    public const int MaxRows = 100;

    /// <summary>Adds the member <c>proof</c> to every row. Null, or why there are none.</summary>
    public static LedgerFault? AddTo(JsonObject document, MerkleLedger ledger, LogicalLog log)
    {
        // Signs what is new, so that every record of the answer lies under the checkpoint.
        if (ledger.SignCheckpoint(log) is not CheckpointSigning.Done { Signed: var signed })
            return ledger.Fence ?? ledger.CheckpointFault ?? new LedgerFault(LedgerFaultKind.ReadFailed, "the log's checkpoint could not be signed");
        var (note, size) = (signed.Note.ToBytes(), signed.Checkpoint.Size);
        foreach (var row in document["rows"]!.AsArray().OfType<JsonObject>())
        {
            var index = row["index"]!.GetValue<ulong>();
            var record = log.Read(index);
            if (!record.IsFound)
                return record.Fault;
            if (log.ProveInclusion(index, size) is not { } hashes)
                return new LedgerFault(LedgerFaultKind.ReadFailed, string.Create(CultureInfo.InvariantCulture, $"record {index} cannot be proved; run 'writ ledger verify' on the folder"));
            row["proof"] = Encoding.UTF8.GetString(new TlogProof(index, hashes, note, record.Bytes).ToBytes());
        }

        return null;
    }
}
