namespace Writ.Cli.Api;

/// <summary>A version of a bundle that is kept.</summary>
internal sealed record BundleVersionView(string Version, string Digest, string State, string? Before = null, string? SignedBy = null);
