namespace Writ.Cli.Api;

/// <summary>One respect in which an agent is trusted.</summary>
internal sealed record TrustRespectView(string Respect, int Value, long? For, long? Against, IReadOnlyList<string>? Evidence);
