using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Gateways.Tests.Mcp.Governed;

/// <summary>A record log that keeps everything in memory, and takes nothing while a test says so.</summary>
internal sealed class MemoryRecordLog : IRecordLog
{
    private readonly ConcurrentQueue<JsonElement> _records = new();

    public bool IsFull { get; set; }

    public ValueTask<RecordReceipt> AppendAsync(OrganizationId organization, ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> sealedPayload, RecordClass @class)
    {
        if (IsFull)
            return ValueTask.FromResult(new RecordReceipt(0, "the disk is full"));
        _records.Enqueue(JsonElement.Parse(record.Span));
        return ValueTask.FromResult(new RecordReceipt((ulong)_records.Count - 1));
    }

    public IEnumerable<JsonElement> Of(string kind) => _records.Where(r => r.TryGetProperty("kind", out var k) && k.ValueEquals(kind));

    public async IAsyncEnumerable<StoredRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield break;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) => default;

    public ValueTask<ReadOnlyMemory<byte>?> ReadPayloadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) => default;
}
