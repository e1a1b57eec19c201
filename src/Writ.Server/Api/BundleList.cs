using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The active bundles. <c>Fault</c> says why the snapshot refuses everything, where it does.</summary>
internal sealed record BundleList(string Snapshot, string? Fault, ImmutableArray<BundleSummary> Bundles);
