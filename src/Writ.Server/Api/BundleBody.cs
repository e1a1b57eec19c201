using System.Collections.Immutable;
using Writ.Governance.Policies;

namespace Writ.Server.Api;

/// <summary>A bundle to be published.</summary>
internal sealed record BundleBody(BundleManifest Manifest, ImmutableArray<BundleFile> Files);
