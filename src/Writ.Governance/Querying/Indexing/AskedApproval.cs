namespace Writ.Governance.Querying.Indexing;

/// <summary>A request for approval as the records told of it so far.</summary>
internal sealed class AskedApproval
{
    /// <summary>How many of the decisions that it holds are told of its answer; an agent that asks again and again makes no more.</summary>
    public const int MostRows = 64;

    public required long RequestedAt { get; init; }

    public required long ExpiresAt { get; init; }

    /// <summary>The rows of the decisions it holds.</summary>
    public List<ulong> Rows { get; } = [];

    /// <summary>Who approved so far, in UTF-8.</summary>
    public List<byte[]> Approvers { get; } = [];
}
