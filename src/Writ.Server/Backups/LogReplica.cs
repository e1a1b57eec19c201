using Writ.Ledger;
using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>Writes the first records of a log of a backup into a new ledger, under a new name, with their payloads.</summary>
internal sealed class LogReplica(MerkleLedger target)
{
    private const int Window = 256;
    private static readonly byte[] RemovedBefore = [0];

    /// <summary>Copies so many records; the new log, or why not.</summary>
    public async Task<(LogicalLog? Log, InstallationFault? Fault)> WriteAsync(LogicalLog source, ulong size, string origin, CancellationToken cancellation)
    {
        if (await target.OpenLogAsync(origin, cancellation) is not LogOpening.Opened { Log: var log })
            return (null, new InstallationFault("WRIT2094", $"the log {origin} cannot be made"));
        var pending = new Queue<Task<AppendResult>>();
        var pruned = new List<ulong>();
        using (var records = source.ReadFrom(source.MinimumIndex))
        {
            while (records.MoveNext() && records.Current.Index < size)
            {
                cancellation.ThrowIfCancellationRequested();
                if (pending.Count == Window && await DrainAsync(pending) is { } refused)
                    return (null, refused);
                var payload = source.ReadPayload(records.Current.Index);
                if (payload.Fault is { Kind: not (LedgerFaultKind.NotFound or LedgerFaultKind.PayloadPruned) } unread)
                    return (null, new InstallationFault(unread.Code, unread.Detail));
                if (payload.Fault?.Kind == LedgerFaultKind.PayloadPruned)
                    pruned.Add(records.Current.Index);
                pending.Enqueue(target.AppendAsync(
                    log, records.Current.Bytes, payload.IsFound ? payload.Bytes : payload.Fault!.Kind == LedgerFaultKind.PayloadPruned ? RemovedBefore : default,
                    AppendClass.Reserved, CancellationToken.None).AsTask());
            }

            if (records.Fault is { } fault)
                return (null, new InstallationFault(fault.Code, fault.Detail));
        }

        if (await DrainAsync(pending) is { } late)
            return (null, late);
        // That a payload was removed is told from that there never was one.
        if (target.PrunePayloads(log, pruned) is { } kept)
            return (null, new InstallationFault(kept.Code, kept.Detail));
        return log.Head.Size == size && log.Head.Root == source.RootAt(size)
            ? (log, null)
            : (null, new InstallationFault("WRIT2094", $"{origin} did not become what {source.Origin} was at {size}"));
    }

    private static async Task<InstallationFault?> DrainAsync(Queue<Task<AppendResult>> pending)
    {
        InstallationFault? fault = null;
        while (pending.TryDequeue(out var append))
        {
            if (await append is { Fault: { } refused })
                fault ??= new InstallationFault(refused.Code, refused.Detail);
        }

        return fault;
    }
}
