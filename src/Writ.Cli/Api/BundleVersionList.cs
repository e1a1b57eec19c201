namespace Writ.Cli.Api;

/// <summary>The versions of a bundle, oldest publication first.</summary>
internal sealed record BundleVersionList(string Name, IReadOnlyList<BundleVersionView> Versions);
