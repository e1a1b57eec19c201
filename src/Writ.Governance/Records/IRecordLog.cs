using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;

namespace Writ.Governance.Records;

/// <summary>
/// A port: where the records of organizations become durable, each organization in a log of its own. The embedded adapter is the Merkle
/// ledger; at scale each replica leases its own. Thread safe.
/// </summary>
public interface IRecordLog
{
    /// <summary>The longest record, in bytes.</summary>
    const int MaxRecordBytes = 65_535;

    /// <summary>Appends a record and, where there is one, the sealed payload that belongs to it. Completes when both are durable; await it once.</summary>
    /// <param name="organization">Whose log.</param>
    /// <param name="record">Canonical JSON, 1 to <see cref="MaxRecordBytes"/> bytes. Copied before the call returns.</param>
    /// <param name="sealedPayload">Already encrypted; durable no later than the record. May be empty.</param>
    /// <param name="class">Whether the append may use the space kept for controls and effects.</param>
    ValueTask<RecordReceipt> AppendAsync(
        OrganizationId organization, ReadOnlyMemory<byte> record, ReadOnlyMemory<byte> sealedPayload, RecordClass @class);

    /// <summary>Where every organization's log stands now, by the organizations' names.</summary>
    IReadOnlyList<LogPosition> Positions();

    /// <summary>The root over the first <paramref name="size"/> records of an organization; null where there are not so many, or they cannot be read.</summary>
    Hash256? RootAt(OrganizationId organization, ulong size);

    /// <summary>Every record of every organization, each organization's in order; the bytes are valid until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">A log cannot be read to its end.</exception>
    IAsyncEnumerable<StoredRecord> ReadAllAsync(CancellationToken cancellation);

    /// <summary>One record, or null where it cannot be read.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation);

    /// <summary>The records of an organization from an index on, in order; the bytes are valid until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">The log cannot be read to its end.</exception>
    IAsyncEnumerable<StoredRecord> ReadFromAsync(OrganizationId organization, ulong first, CancellationToken cancellation);

    /// <summary>Removes sealed payloads for good; their records stay. Harmless when done again. Null when they are gone, else why not.</summary>
    ValueTask<string?> PrunePayloadsAsync(OrganizationId organization, IReadOnlyCollection<ulong> indexes);

    /// <summary>The sealed payload of a record, or null where it has none, or none any more.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadPayloadAsync(OrganizationId organization, ulong index, CancellationToken cancellation);
}
