namespace Writ.Cli.Api;

/// <summary>One log: its name, how many records it has, its root, how many of them are signed for, and how it stands before its witnesses.</summary>
internal sealed record LogHeadView(string Origin, long Size, string Root, long CheckpointSize)
{
    public string? VerifierKey { get; init; }

    public long? WitnessedSize { get; init; }

    public IReadOnlyList<WitnessView>? Witnesses { get; init; }
}
