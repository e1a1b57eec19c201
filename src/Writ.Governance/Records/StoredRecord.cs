using Writ.Governance.Organizations;

namespace Writ.Governance.Records;

/// <summary>A record as it lies in a log.</summary>
public readonly record struct StoredRecord(OrganizationId Organization, ulong Index, ReadOnlyMemory<byte> Bytes);
