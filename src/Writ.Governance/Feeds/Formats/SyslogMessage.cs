using System.Buffers;
using System.Globalization;
using System.Text;

namespace Writ.Governance.Feeds.Formats;

/// <summary>
/// A record as a message of RFC 5424: facility 13 (log audit), the most asked-for members as structured data, the record in its format as message.
/// Whatever a record says, it stays inside its parameter (section 6.3.3). The id of the structured data is under the enterprise number that
/// RFC 5612 keeps for documentation: Writ has none of its own.
/// </summary>
public static class SyslogMessage
{
    /// <summary>The id of the structured data.</summary>
    public const string DataId = "writ@32473";

    /// <summary>The longest value of a parameter, in characters.</summary>
    private const int MaxValue = 256;

    private const int LogAudit = 13;

    private static readonly string[] Members = ["id", "outcome", "status", "answer", "agent", "action", "code", "error", "decision", "person", "task", "cause"];

    /// <summary>Writes a message.</summary>
    /// <param name="to">Where.</param>
    /// <param name="record">The record.</param>
    /// <param name="text">The record in its format: UTF-8 without line breaks; null to leave it out, which the structured data then says.</param>
    public static void Write(IBufferWriter<byte> to, OutgoingRecord record, ReadOnlyMemory<byte>? text)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(record);
        var parts = record.Origin.Split('/');
        var head = new StringBuilder(256);
        head.Append(CultureInfo.InvariantCulture, $"<{(LogAudit * 8) + SeverityOf(record)}>1 ");
        head.Append(record.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "-");
        head.Append(' ').Append(Printable(parts[0], 255)).Append(" writ - ").Append(Printable(record.ControlKind ?? record.Kind, 32));
        head.Append(" [").Append(DataId);
        Parameter(head, "log", record.Origin);
        Parameter(head, "index", record.Index.ToString(CultureInfo.InvariantCulture));
        foreach (var member in Members)
        {
            if (record.Word(member) is { } value)
                Parameter(head, member, value);
        }

        if (text is null)
            Parameter(head, "left_out", "true");
        head.Append(']');
        Encoding.UTF8.GetBytes(head.ToString(), to);
        if (text is not { } shown)
            return;
        to.Write(" "u8);
        to.Write(shown.Span);
    }

    /// <summary>Warning for what was refused or is not known, notice for what waits or failed, else informational.</summary>
    private static int SeverityOf(OutgoingRecord record) => (record.Word("outcome") ?? record.Word("status")) switch
    {
        "DENY" or "unknown" => 4,
        "REQUIRE_APPROVAL" or "REMEDIATE" or "failed" or "timed_out" or "cancelled" or "not_dispatched" => 5,
        _ => record.Kind is "admission" or "control" ? 5 : 6,
    };

    /// <summary>PARAM-VALUE: UTF-8 in which '"', '\' and ']' are escaped. What could be read as a line or hide is replaced.</summary>
    private static void Parameter(StringBuilder to, string name, string value)
    {
        to.Append(' ').Append(name).Append("=\"");
        var left = MaxValue;
        foreach (var rune in value.EnumerateRunes())
        {
            if ((left -= rune.Utf16SequenceLength) < 0)
                break;
            if (rune.Value is '"' or '\\' or ']')
                to.Append('\\').Append((char)rune.Value);
            else
                to.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format ? "?" : rune.ToString());
        }

        to.Append('"');
    }

    /// <summary>A header field: 1 to so many printable ASCII characters without blanks.</summary>
    private static string Printable(string text, int most)
    {
        var printable = string.Concat(text.Where(c => c is > ' ' and <= '~').Take(most));
        return printable.Length == 0 ? "-" : printable;
    }
}
