using System.Collections.Immutable;
using Writ.Governance.Policies.Signing;

namespace Writ.Server.Api;

/// <summary>The keys that bundles are signed with, and whether they have to be.</summary>
internal sealed record PublisherKeyList(bool Required, ImmutableArray<PublisherKey> Keys);
