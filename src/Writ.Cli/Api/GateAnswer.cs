namespace Writ.Cli.Api;

/// <summary>One gate and what it said.</summary>
internal sealed record GateAnswer(string Name, string Result);
