namespace Writ.Cli.Api;

/// <summary>What a clause looked at.</summary>
internal sealed record ExplainedRead(string Path, string? Value);
