namespace Writ.Cli.Api;

/// <summary>What is newly refused to one agent.</summary>
internal sealed record AgentForecastView(string Agent, string Owner, int Denied, int Compared, IReadOnlyList<string> Actions);
