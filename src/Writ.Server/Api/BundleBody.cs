using System.Collections.Immutable;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Signing;

namespace Writ.Server.Api;

/// <summary>A bundle to be published; with <c>replaces</c>, only if that digest is the one that holds.</summary>
internal sealed record BundleBody(BundleManifest Manifest, ImmutableArray<BundleFile> Files, string? Replaces = null)
{
    /// <summary>The publisher's signature of the bundle.</summary>
    public BundleSignature? Signature { get; init; }

    /// <summary>How many newly refused recorded actions are accepted.</summary>
    public int? AcceptDenials { get; init; }

    /// <summary>Why owners of agents to whom something will be refused are not waited for, in at most 500 characters.</summary>
    public string? Override { get; init; }
}
