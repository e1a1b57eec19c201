using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The active bundles, and those that are tried beside them. <c>Fault</c> says why the snapshot refuses everything, where it does.</summary>
internal sealed record BundleList(string Snapshot, string? Fault, ImmutableArray<BundleSummary> Bundles, ImmutableArray<CandidateView> Candidates);
