using Writ.Ledger;

namespace Writ.Governance.Metering;

/// <summary>What one organization appended to one log since the start. Counting allocates nothing. Thread safe.</summary>
public sealed class LogMeter
{
    private long _recordBytes;
    private long _payloadBytes;
    private long _refused;

    /// <summary>How long each append took until it was durable.</summary>
    public LatencyHistogram Times { get; } = new();

    /// <summary>Bytes of records that are durable.</summary>
    public long RecordBytes => Interlocked.Read(ref _recordBytes);

    /// <summary>Bytes of sealed payloads that are durable.</summary>
    public long PayloadBytes => Interlocked.Read(ref _payloadBytes);

    /// <summary>Appends that the ledger did not take, or of which it is not known whether it did.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    internal void Appended(int record, int payload, TimeSpan took)
    {
        Interlocked.Add(ref _recordBytes, record);
        Interlocked.Add(ref _payloadBytes, payload);
        Times.Add(took);
    }

    internal void Refuse() => Interlocked.Increment(ref _refused);
}
