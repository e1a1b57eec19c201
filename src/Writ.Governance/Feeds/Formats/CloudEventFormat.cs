using System.Globalization;
using System.Text.Json;

namespace Writ.Governance.Feeds.Formats;

/// <summary>
/// A record as an event of CloudEvents 1.0.2, in the JSON format. <c>source</c> is the log and <c>id</c> the index: together they name the record
/// for ever, as the specification wants it (section 3.1.1). <c>data</c> is the record, byte for byte.
/// </summary>
internal static class CloudEventFormat
{
    public static void Write(Utf8JsonWriter to, OutgoingRecord record)
    {
        to.WriteStartObject();
        to.WriteString("specversion"u8, "1.0"u8);
        to.WriteString("id"u8, record.Index.ToString(CultureInfo.InvariantCulture));
        to.WriteString("source"u8, record.Origin);
        to.WriteString("type"u8, $"dev.writ.{record.Kind}{(record.ControlKind is { } changed ? "." + changed : "")}");
        if (record.At is { } at)
            to.WriteString("time"u8, at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        if (SubjectOf(record) is { } subject)
            to.WriteString("subject"u8, subject);
        to.WriteString("datacontenttype"u8, "application/json"u8);
        // Extension "sequence": compared as text, so of one length.
        to.WriteString("sequence"u8, record.Index.ToString("D20", CultureInfo.InvariantCulture));
        if (record.Word("trace") is { Length: 32 } trace && record.Word("span") is { Length: 16 } span)
            to.WriteString("traceparent"u8, $"00-{trace}-{span}-00");
        to.WritePropertyName("data"u8);
        to.WriteRawValue(record.Bytes.Span);
        to.WriteEndObject();
    }

    private static string? SubjectOf(OutgoingRecord record) =>
        record.Word("agent") is { } agent ? "agent/" + agent : record.Word("decision") is { } decision ? "decision/" + decision : null;
}
