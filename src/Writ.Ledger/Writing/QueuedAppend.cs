namespace Writ.Ledger.Writing;

/// <summary>One record in a batch buffer.</summary>
/// <param name="Pending">Who waits for it.</param>
/// <param name="Log">Its log.</param>
/// <param name="Offset">Where its frame starts in the frames' buffer.</param>
/// <param name="Length">Its frame's length, header included.</param>
/// <param name="PayloadOffset">Where its payload's frame starts in the payloads' buffer.</param>
/// <param name="PayloadLength">Its payload frame's length; 0 without payload.</param>
/// <param name="Class">Which room it may use.</param>
internal readonly record struct QueuedAppend(
    PendingAppend Pending,
    LogicalLog Log,
    int Offset,
    int Length,
    int PayloadOffset,
    int PayloadLength,
    AppendClass Class);
