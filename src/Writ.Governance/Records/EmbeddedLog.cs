using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Writ.Crypto.Hashing;
using Writ.Governance.Metering;
using Writ.Governance.Organizations;
using Writ.Governance.Retention;
using Writ.Ledger;
using Writ.Ledger.Pruning;

namespace Writ.Governance.Records;

/// <summary>
/// The port's embedded adapter: one Merkle ledger, in it one logical log per organization, with the origin
/// <c>&lt;trust domain&gt;/&lt;organization&gt;/&lt;kind&gt;</c>. Thread safe.
/// </summary>
public sealed class EmbeddedLog(MerkleLedger ledger, string trustDomain, string kind, TimeProvider time) : IRecordLog, IRecordPruning
{
    private readonly ConcurrentDictionary<OrganizationId, (LogicalLog Log, LogMeter Meter)> _logs = new();

    /// <summary>What an organization appended since the start; null while that is nothing.</summary>
    public LogMeter? MeterOf(OrganizationId organization) => _logs.TryGetValue(organization, out var known) ? known.Meter : null;

    /// <summary>The origin of an organization's log.</summary>
    public string OriginOf(OrganizationId organization) => $"{trustDomain}/{organization}/{kind}";

    public ValueTask<RecordReceipt> AppendAsync(
        OrganizationId organization, ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> sealedPayload, RecordClass @class) =>
        _logs.TryGetValue(organization, out var known)
            ? Append(known.Log, known.Meter, record, sealedPayload, @class)
            : OpenAndAppendAsync(organization, record.ToArray(), sealedPayload.ToArray(), @class);

    private async ValueTask<RecordReceipt> OpenAndAppendAsync(OrganizationId organization, byte[] record, byte[] sealedPayload, RecordClass @class)
    {
        if (await ledger.OpenLogAsync(OriginOf(organization)) is not LogOpening.Opened opened)
            return new RecordReceipt(0, "the organization's log could not be opened");
        var known = _logs.GetOrAdd(organization, (opened.Log, new LogMeter()));
        return await Append(known.Log, known.Meter, record, sealedPayload, @class);
    }

    private ValueTask<RecordReceipt> Append(
        LogicalLog log, LogMeter meter, ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> sealedPayload, RecordClass @class)
    {
        var began = time.GetTimestamp();
        var appending = ledger.AppendAsync(
            log, record, sealedPayload, @class == RecordClass.Reserved ? AppendClass.Reserved : AppendClass.Ordinary, CancellationToken.None);
        return AnsweredAsync(appending, meter, record.Length, sealedPayload.Length, began);
    }

    // Pooled, since every record passes here: the bench "ledger" guards it. Who appends awaits once.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RecordReceipt> AnsweredAsync(ValueTask<AppendResult> appending, LogMeter meter, int record, int payload, long began)
    {
        var result = await appending.ConfigureAwait(false);
        if (result.Fault is { } fault)
        {
            meter.Refuse();
            return new RecordReceipt(0, fault.ToString(), Certain: !fault.OutcomeIsUnknown);
        }

        meter.Appended(record, payload, time.GetElapsedTime(began));
        return new RecordReceipt(result.Index);
    }

    public IReadOnlyList<LogPosition> Positions() =>
    [
        .. ledger.Logs.OrderBy(l => l.Origin, StringComparer.Ordinal).Select(log => (Origin: log.Origin, log.Head))
            .Select(log => new LogPosition(OrganizationOf(log.Origin), log.Head.Size, log.Head.Root)),
    ];

    public Hash256? RootAt(OrganizationId organization, ulong size) =>
        ledger.FindLog(OriginOf(organization)) is { } log && size <= log.Head.Size ? log.RootAt(size) : null;

    public async IAsyncEnumerable<StoredRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var log in ledger.Logs.OrderBy(l => l.Origin, StringComparer.Ordinal))
        {
            var organization = OrganizationOf(log.Origin);
            using var records = log.ReadFrom();
            while (records.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new StoredRecord(organization, records.Current.Index, records.Current.Bytes);
            }

            if (records.Fault is { } fault)
                throw new InvalidDataException($"log {log.Origin} cannot be read to its end: {fault}");
        }
    }

    public async IAsyncEnumerable<StoredRecord> ReadFromAsync(OrganizationId organization, ulong first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (ledger.FindLog(OriginOf(organization)) is not { } log)
            yield break;
        using var records = log.ReadFrom(first);
        while (records.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new StoredRecord(organization, records.Current.Index, records.Current.Bytes);
        }

        if (records.Fault is { } fault)
            throw new InvalidDataException($"log {log.Origin} cannot be read to its end: {fault}");
    }

    public async ValueTask<string?> PrunePayloadsAsync(OrganizationId organization, IReadOnlyCollection<ulong> indexes) =>
        ledger.FindLog(OriginOf(organization)) is { } log ? await Task.Run(() => ledger.PrunePayloads(log, indexes)?.ToString()) : null;

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        ValueTask.FromResult(ledger.FindLog(OriginOf(organization)) is { } log ? Found(log.Read(index)) : null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPayloadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        ValueTask.FromResult(ledger.FindLog(OriginOf(organization)) is { } log ? Found(log.ReadPayload(index)) : null);

    public ulong FirstRecord(OrganizationId organization) => ledger.FindLog(OriginOf(organization))?.MinimumIndex ?? 0;

    public PrunableRecords? Plan(IReadOnlyDictionary<OrganizationId, ulong> limits)
    {
        var plan = ledger.PlanPruning(LimitsOf(limits));
        return plan.Parts.Count == 0 ? null : new PrunableRecords(plan.LastSegment, plan.Parts.ToImmutableDictionary(part => OrganizationOf(part.Log.Origin), part => (part.To, part.Root)));
    }

    public string? Prune(IReadOnlyDictionary<OrganizationId, ulong> limits, IReadOnlyDictionary<OrganizationId, Guid> recorded) =>
        ledger.PruneSegments(LimitsOf(limits), [.. recorded.Select(r => $"{trustDomain}/{r.Key}/control {r.Value:D}").Order(StringComparer.Ordinal)])?.ToString();

    private Dictionary<string, ulong> LimitsOf(IReadOnlyDictionary<OrganizationId, ulong> limits) =>
        limits.ToDictionary(limit => OriginOf(limit.Key), limit => limit.Value, StringComparer.Ordinal);

    private OrganizationId OrganizationOf(string origin)
    {
        var parts = origin.Split('/');
        return parts.Length == 3 && parts[0] == trustDomain && parts[2] == kind && OrganizationId.TryParse(parts[1], null, out var organization)
            ? organization
            : throw new InvalidDataException($"the ledger holds a log '{origin}' that is not one of {trustDomain}/<organization>/{kind}");
    }

    // Without its type, null would be a memory of nothing.
    private static ReadOnlyMemory<byte>? Found(ReadResult result) => result.IsFound && !result.Bytes.IsEmpty ? result.Bytes : (ReadOnlyMemory<byte>?)null;
}
