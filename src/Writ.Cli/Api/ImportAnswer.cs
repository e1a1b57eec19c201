namespace Writ.Cli.Api;

/// <summary>How many agents of a list there are now, and how many of them were there before.</summary>
internal sealed record ImportAnswer(int Imported, int Known, string Digest);
