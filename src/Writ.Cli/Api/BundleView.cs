namespace Writ.Cli.Api;

/// <summary>A bundle that holds.</summary>
internal sealed record BundleView(string Name, string Version, string Tier, string Digest);
