namespace Writ.Cli.Api;

/// <summary>A decision point outside Writ as people see it.</summary>
internal sealed record PointView(
    string Name, string Kind, string Url, IReadOnlyList<string> Actions, int TimeoutMs, string State, string? SecretVariable = null, bool? SecretSet = null);
