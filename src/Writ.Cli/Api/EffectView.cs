namespace Writ.Cli.Api;

/// <summary>What became of a permitted action: <c>executed</c>, <c>failed</c> and the like.</summary>
internal sealed record EffectView(string Status);
