using System.Collections.Immutable;
using Writ.Governance.Policies;

namespace Writ.Server.Api;

/// <summary>A bundle to be published; with <c>replaces</c>, only if that digest is the one that holds.</summary>
internal sealed record BundleBody(BundleManifest Manifest, ImmutableArray<BundleFile> Files, string? Replaces = null);
