using System.Collections.Immutable;
using Writ.Identity.Dids;

namespace Writ.Governance.Credentials;

/// <summary>Where the documents of <c>did:web</c> come from: public addresses, and those that are allowed beside them. Thread safe.</summary>
public interface IDidDocuments
{
    /// <summary>The document as it stands, at most a bounded time old; null where it cannot be had, which is a refusal.</summary>
    ValueTask<DidDocument?> FindAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation);

    /// <summary>The document now; null and why where it cannot be had.</summary>
    ValueTask<(DidDocument? Document, string Obstacle)> FetchAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation);
}
