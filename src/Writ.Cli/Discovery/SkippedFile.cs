namespace Writ.Cli.Discovery;

/// <summary>Something that was not looked at, and why.</summary>
internal sealed record SkippedFile(string File, string Why);
