namespace Writ.Server.Api;

/// <summary>A version of a bundle that can be rolled back to.</summary>
internal sealed record BundleVersionView(string Version, string Digest, string? Before, bool Active, string? SignedBy = null);
