namespace Writ.Governance.Records;

/// <summary>What a log says to an append: durable at an index, or not taken and why.</summary>
/// <param name="Index">The record's index in its log; meaningless where <paramref name="Fault"/> is set.</param>
/// <param name="Fault">Null when the record is durable; else the reason, for people.</param>
/// <param name="Certain">Whether a fault means that the record certainly does not exist. False after a failed flush.</param>
public readonly record struct RecordReceipt(ulong Index, string? Fault = null, bool Certain = true)
{
    /// <summary>The answer to a record of more than <see cref="IRecordLog.MaxRecordBytes"/>: it was not even tried.</summary>
    public static RecordReceipt TooLong { get; } = new(0, $"the record has more than {IRecordLog.MaxRecordBytes} bytes");

    public bool IsDurable => Fault is null;

    public bool IsTooLong => Fault == TooLong.Fault;
}
