using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Ledger;

namespace Writ.Governance.Feeds;

/// <summary>Records of one log, in the log's order, that go out together. Immutable; the bytes are nobody else's.</summary>
/// <param name="Organization">Whose they are.</param>
/// <param name="Origin">The log they lie in. With its index this names a record for ever, so that a receiver can drop what it has already.</param>
/// <param name="Records">1 to <see cref="FeedOptions.BatchRecords"/>, as they were recorded.</param>
public sealed record FeedBatch(OrganizationId Organization, string Origin, ImmutableArray<LedgerRecord> Records);
