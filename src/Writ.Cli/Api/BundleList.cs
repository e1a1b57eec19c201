namespace Writ.Cli.Api;

/// <summary>The bundles that hold, and those that are tried beside them.</summary>
internal sealed record BundleList(string Snapshot, IReadOnlyList<BundleView> Bundles, IReadOnlyList<CandidateView> Candidates, string? Fault = null);
