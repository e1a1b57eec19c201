namespace Writ.Cli.Api;

/// <summary>How far an agent is trusted.</summary>
internal sealed record TrustView(string Name, int Score, string Tier, IReadOnlyList<TrustRespectView> Vector);
