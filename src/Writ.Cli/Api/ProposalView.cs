namespace Writ.Cli.Api;

/// <summary>A bundle that waits for a second person.</summary>
internal sealed record ProposalView(string Name, string Version, string Digest, string By, DateTimeOffset ExpiresAt, string State, FindingView Finding)
{
    public bool NeedsSecondPerson { get; init; } = true;

    public ForecastView? Denials { get; init; }

    public IReadOnlyList<string> Unacknowledged { get; init; } = [];
}
