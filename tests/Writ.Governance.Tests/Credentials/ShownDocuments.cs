using System.Collections.Immutable;
using Writ.Governance.Credentials;
using Writ.Identity.Dids;

namespace Writ.Governance.Tests.Credentials;

/// <summary>Documents that a test shows, or does not.</summary>
internal sealed class ShownDocuments : IDidDocuments
{
    public DidDocument? Shown { get; set; }

    public int Asked { get; private set; }

    public ValueTask<DidDocument?> FindAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation)
    {
        Asked++;
        return ValueTask.FromResult(Shown);
    }

    public ValueTask<(DidDocument? Document, string Obstacle)> FetchAsync(Did did, ImmutableArray<string> allowedAddresses, CancellationToken cancellation) => ValueTask.FromResult((Shown, ""));
}
