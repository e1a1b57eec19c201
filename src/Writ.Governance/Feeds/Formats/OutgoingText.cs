using System.Buffers;
using System.Text.Json;

namespace Writ.Governance.Feeds.Formats;

/// <summary>Writes records in a format: one, or a batch as one JSON array.</summary>
public static class OutgoingText
{
    /// <summary>One record, without line breaks.</summary>
    public static ReadOnlyMemory<byte> One(FeedFormat format, OutgoingRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(1024 + record.Bytes.Length);
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, format, record);
        return bytes.WrittenMemory;
    }

    /// <summary>A batch. The same records always make the same bytes.</summary>
    /// <exception cref="JsonException">A record cannot be read.</exception>
    public static ReadOnlyMemory<byte> Batch(FeedFormat format, FeedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var bytes = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var record in batch.Records)
                Write(writer, format, OutgoingRecord.Read(batch.Origin, record));
            writer.WriteEndArray();
        }

        return bytes.WrittenMemory;
    }

    /// <summary>The media type of a batch.</summary>
    public static string MediaType(FeedFormat format) => format == FeedFormat.CloudEvents ? "application/cloudevents-batch+json" : "application/json";

    private static void Write(Utf8JsonWriter to, FeedFormat format, OutgoingRecord record)
    {
        switch (format)
        {
            case FeedFormat.CloudEvents:
                CloudEventFormat.Write(to, record);
                break;
            case FeedFormat.Ocsf:
                OcsfFormat.Write(to, record);
                break;
            case FeedFormat.Record:
                RecordFormat.Write(to, record);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }
    }
}
