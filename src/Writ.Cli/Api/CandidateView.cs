namespace Writ.Cli.Api;

/// <summary>A version of a bundle that is tried beside the ones that hold.</summary>
internal sealed record CandidateView(string Name, string Version, string Tier, string Digest, string State, DateTimeOffset Since, string? Base = null, string? Fault = null);
