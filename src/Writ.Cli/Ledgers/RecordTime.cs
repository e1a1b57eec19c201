using System.Text.Json;

namespace Writ.Cli.Ledgers;

/// <summary>When a record says it was written.</summary>
internal static class RecordTime
{
    private const long LastMicrosecond = 253_402_300_799_999_999; // of the year 9999

    /// <summary>Its <c>at</c>, in microseconds since 1970; null where it says none.</summary>
    public static DateTimeOffset? Of(ReadOnlyMemory<byte> record)
    {
        try
        {
            using var document = JsonDocument.Parse(record);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.Number
                && at.TryGetInt64(out var microseconds) && microseconds is >= 0 and <= LastMicrosecond
                    ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
