namespace Writ.Cli.Api;

/// <summary>What one task of an agent may use.</summary>
internal sealed record CeilingView(long? Calls = null, long? NanoUsd = null);
