using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Retention;
using Writ.Testing;

namespace Writ.Governance.Tests;

/// <summary>
/// A record log that keeps everything in memory and fails when a test says so. It holds records to the port's contract, 1 to 65,535 bytes
/// of canonical JSON, and to the published schema. Thread safe.
/// </summary>
internal sealed class MemoryRecordLog : IRecordLog, IRecordPruning
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Whether records go in that Writ never wrote, or does not write any more.</summary>
    public bool IsForeign { get; set; }

    /// <summary>Whether the log certainly takes nothing.</summary>
    public bool IsFull { get; set; }

    /// <summary>What the log answers instead of taking a record; null takes it.</summary>
    public Func<JsonElement, RecordReceipt?>? Fault { get; set; }

    /// <summary>What every append waits for before it is taken.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Which records of the one organization could go at most; 0 for none. They stay readable: what is asked of the log is counted.</summary>
    public ulong Prunable { get; set; }

    /// <summary>What it was told to let go of.</summary>
    public ulong PrunedTo { get; private set; }

    public ulong FirstRecord(OrganizationId organization) => PrunedTo;

    public PrunableRecords? Plan(IReadOnlyDictionary<OrganizationId, ulong> limits) =>
        limits.Where(limit => Prunable > PrunedTo && limit.Value >= Prunable).Select(limit => new PrunableRecords(
            1, ImmutableDictionary<OrganizationId, (ulong, Hash256)>.Empty.Add(limit.Key, (Prunable, default(Hash256))))).FirstOrDefault();

    public string? Prune(IReadOnlyDictionary<OrganizationId, ulong> limits, IReadOnlyDictionary<OrganizationId, Guid> recorded)
    {
        PrunedTo = limits.Values.Max();
        return null;
    }

    public IReadOnlyList<JsonElement> Records
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(e => e.Json)];
        }
    }

    public IEnumerable<JsonElement> Of(string kind) => Records.Where(r => r.TryGetProperty("kind", out var k) && k.ValueEquals(kind));

    public async ValueTask<RecordReceipt> AppendAsync(OrganizationId organization, ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> sealedPayload, RecordClass @class)
    {
        var (bytes, payload) = (record.ToArray(), sealedPayload.ToArray());
        if (bytes.Length is 0 or > 65_535)
            return new RecordReceipt(0, "a record is 1 to 65535 bytes");
        Assert.True(Jcs.TryCanonicalize(bytes, out var canonical, out var error), error?.ToString());
        Assert.Equal(canonical, bytes);
        if (!IsForeign)
            RecordOracle.Check(bytes);
        await Gate;
        var json = JsonElement.Parse(bytes);
        if (IsFull)
            return new RecordReceipt(0, "the disk is full");
        if (Fault?.Invoke(json) is { } fault)
            return fault;
        lock (_lock)
        {
            var index = (ulong)_entries.Count(e => e.Organization == organization);
            _entries.Add(new Entry(organization, index, json, bytes, payload));
            return new RecordReceipt(index);
        }
    }

    public IReadOnlyList<LogPosition> Positions()
    {
        lock (_lock)
        {
            return
            [
                .. _entries.GroupBy(e => e.Organization).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal)
                    .Select(g => new LogPosition(g.Key, (ulong)g.Count(), RootOf(g))),
            ];
        }
    }

    public Hash256? RootAt(OrganizationId organization, ulong size)
    {
        lock (_lock)
        {
            var first = _entries.Where(e => e.Organization == organization && e.Index < size).ToArray();
            return (ulong)first.Length == size ? RootOf(first) : null;
        }
    }

    public async IAsyncEnumerable<StoredRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        Entry[] all;
        lock (_lock)
            all = [.. _entries];
        foreach (var entry in all.OrderBy(e => e.Organization.ToString(), StringComparer.Ordinal).ThenBy(e => e.Index))
            yield return new StoredRecord(entry.Organization, entry.Index, entry.Bytes);
    }

    public async IAsyncEnumerable<StoredRecord> ReadFromAsync(OrganizationId organization, ulong first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in ReadAllAsync(cancellation))
        {
            if (stored.Organization == organization && stored.Index >= first)
                yield return stored;
        }
    }

    public ValueTask<string?> PrunePayloadsAsync(OrganizationId organization, IReadOnlyCollection<ulong> indexes)
    {
        lock (_lock)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                if (_entries[i].Organization == organization && indexes.Contains(_entries[i].Index))
                    _entries[i] = _entries[i] with { Payload = [] };
            }
        }

        return ValueTask.FromResult<string?>(null);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(organization, index)?.Bytes is { } bytes ? (ReadOnlyMemory<byte>?)bytes : null);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPayloadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        ValueTask.FromResult(Find(organization, index)?.Payload is { Length: > 0 } payload ? (ReadOnlyMemory<byte>?)payload : null);

    /// <summary>A log of the records that came first, of whichever organization.</summary>
    public MemoryRecordLog First(int count)
    {
        var first = new MemoryRecordLog { IsForeign = IsForeign };
        lock (_lock)
            first._entries.AddRange(_entries.Take(count));
        return first;
    }

    /// <summary>No tree, yet as a root is: another for every other history.</summary>
    private static Hash256 RootOf(IEnumerable<Entry> entries) =>
        entries.Aggregate(Hash256.Of([]), (root, entry) => Hash256.Of([.. root.Bytes, .. Hash256.Of(entry.Bytes).Bytes]));

    private Entry? Find(OrganizationId organization, ulong index)
    {
        lock (_lock)
            return _entries.FirstOrDefault(e => e.Organization == organization && e.Index == index);
    }

    private sealed record Entry(OrganizationId Organization, ulong Index, JsonElement Json, byte[] Bytes, byte[] Payload);
}
