using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>
/// What bundles and tools an organization has at one moment, and the snapshot they compile to. Compiled once, at first use, so that
/// folding a long history compiles nothing but its end. Immutable, thread safe.
/// </summary>
public sealed class ActivePolicy(
    OrganizationId organization,
    ImmutableSortedDictionary<string, PublishedBundle> bundles,
    ImmutableSortedDictionary<string, Server> servers)
{
    private readonly Lazy<Snapshot> _snapshot = new(() => Snapshot.Compile(organization, bundles.Values, servers.Values));

    /// <summary>The digest of the snapshot, known without compiling it. Computed each time.</summary>
    public Hash256 Digest => Snapshot.DigestOf(bundles.Values.OrderBy(bundle => bundle.Name, StringComparer.Ordinal));

    /// <summary>The compiled snapshot. One that could not be compiled refuses everything, and says why.</summary>
    public Snapshot Snapshot => _snapshot.Value;
}
