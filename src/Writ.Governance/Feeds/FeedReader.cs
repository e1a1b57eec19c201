using System.Collections.Immutable;
using Writ.Governance.Querying;
using Writ.Ledger;

namespace Writ.Governance.Feeds;

/// <summary>
/// Reads a log from a place on, and waits where there is nothing new: for the flush of the next batch, not for a clock. Takes no lock that an
/// append needs. Thread safe.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="wanted">
/// Which records between two places are wanted, as far as it was looked; null where nothing can be told yet. All where there is no such function.
/// </param>
/// <param name="options">How much is read at a time.</param>
/// <param name="time">The clock.</param>
public sealed class FeedReader(LogicalLog log, Func<ulong, ulong, LiveSelection?>? wanted, FeedOptions options, TimeProvider time)
{

    /// <summary>The next records from <paramref name="first"/> on: at least one record was looked at.</summary>
    /// <exception cref="InvalidDataException">The log cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled first.</exception>
    public async ValueTask<FeedRange> NextAsync(ulong first, CancellationToken cancellation)
    {
        // What went after its retention reaches nobody any more.
        first = Math.Max(first, log.MinimumIndex);
        if (log.Head.Size <= first)
        {
            await log.WaitBeyondAsync(first, cancellation);
            await Task.Delay(options.Gather, time, cancellation);
        }

        while (true)
        {
            var end = Math.Min(log.Head.Size, first + FeedOptions.Step);
            if (wanted is null)
                return Read(first, end, null);
            if (wanted(first, end) is { } selected)
                return selected.Indexes.Count == 0 ? new FeedRange([], selected.End) : Read(first, selected.End, selected.Indexes);
            await Task.Delay(RecordIndex.LiveFor, time, cancellation);
        }
    }

    private FeedRange Read(ulong first, ulong end, IReadOnlyList<ulong>? indexes)
    {
        var taken = ImmutableArray.CreateBuilder<LedgerRecord>();
        var (bytes, next) = (0L, 0);
        using var records = log.ReadFrom(indexes is null ? first : indexes[0]);
        while (records.MoveNext() && records.Current.Index < end)
        {
            var record = records.Current;
            if (indexes is not null && record.Index != indexes[next])
                continue;
            taken.Add(new LedgerRecord(record.Index, record.Bytes.ToArray()));
            bytes += record.Bytes.Length;
            if (++next == indexes?.Count)
                return new FeedRange(taken.DrainToImmutable(), end);
            if (taken.Count >= options.BatchRecords || bytes >= options.BatchBytes)
                return new FeedRange(taken.DrainToImmutable(), record.Index + 1);
        }

        return records.Fault is { } fault
            ? throw new InvalidDataException($"log {log.Origin} cannot be read: {fault}")
            : new FeedRange(taken.DrainToImmutable(), end);
    }
}
