namespace Writ.Cli.Api;

/// <summary>A bundle that waits for a second person.</summary>
internal sealed record ProposalView(string Name, string Version, string Digest, string By, DateTimeOffset ExpiresAt, string State, FindingView Finding);
