using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;

namespace Writ.Governance.Retention;

/// <summary>Records that could go. Immutable.</summary>
/// <param name="LastSegment">The last segment they lie in.</param>
/// <param name="Ends">By organization, the index after the last of them and the root over all before it.</param>
public sealed record PrunableRecords(ulong LastSegment, ImmutableDictionary<OrganizationId, (ulong To, Hash256 Root)> Ends);
