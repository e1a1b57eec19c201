using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The head of one log, how much of it is signed for, and how it stands before its witnesses, where there are any.</summary>
internal sealed record LogView(string Origin, long Size, string Root, long CheckpointSize)
{
    /// <summary>The key of its checkpoints as C2SP signed-note writes it, for witnesses and policies.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>The size of the newest checkpoint that has the witnesses' quorum.</summary>
    public long? WitnessedSize { get; init; }

    public ImmutableArray<WitnessView>? Witnesses { get; init; }
}
