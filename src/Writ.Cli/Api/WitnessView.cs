namespace Writ.Cli.Api;

/// <summary>How one witness stands to one log.</summary>
internal sealed record WitnessView(string Name, long Size, long Behind, DateTimeOffset? CosignedAt, string? Code, string? Fault);
