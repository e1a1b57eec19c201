using System.Text.Json;

namespace Writ.Governance.Feeds.Formats;

/// <summary>The record itself, byte for byte, with the log it lies in and its index.</summary>
internal static class RecordFormat
{
    public static void Write(Utf8JsonWriter to, OutgoingRecord record)
    {
        to.WriteStartObject();
        to.WriteString("log"u8, record.Origin);
        to.WriteNumber("index"u8, record.Index);
        to.WritePropertyName("record"u8);
        to.WriteRawValue(record.Bytes.Span);
        to.WriteEndObject();
    }
}
