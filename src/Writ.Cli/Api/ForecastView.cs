namespace Writ.Cli.Api;

/// <summary>What a bundle newly refuses of what agents lately did.</summary>
internal sealed record ForecastView(int Compared, int Denied, int Unreadable, bool Complete, IReadOnlyList<AgentForecastView> Agents);
