namespace Writ.Cli.Api;

/// <summary>What became of one log in a restore.</summary>
internal sealed record RestoredLogView(string Origin, long Size, long? LastSize = null, bool Cosigned = false);
