namespace Writ.Cli.Api;

/// <summary>The versions of an agent, and which is deployed.</summary>
internal sealed record VersionList(string Deployed, IReadOnlyList<VersionView> Versions);
