using System.Text;
using System.Text.Json;

namespace Writ.Gateways.Otlp;

/// <summary>
/// One span as protobuf, made of a record: its ids and times, and attributes that are members of the record, where it has them. Not thread safe.
/// </summary>
internal sealed class SpanWriter
{
    private const int IdBytes = 8;
    private const ulong Internal = 1;
    private const ulong Failed = 2;
    private const ulong NanosecondsPerMicrosecond = 1_000;

    private readonly ProtobufWriter _span = new();

    /// <summary>A span of a trace.</summary>
    /// <param name="trace">16 bytes.</param>
    /// <param name="span">8 bytes.</param>
    /// <param name="parent">8 bytes; none for the first of its trace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="from">When it began, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="to">When it ended.</param>
    public SpanWriter(ReadOnlySpan<byte> trace, ReadOnlySpan<byte> span, ReadOnlySpan<byte> parent, string name, long from, long to)
    {
        _span.Bytes(1, trace);
        _span.Bytes(2, span);
        if (!parent.IsEmpty)
            _span.Bytes(4, parent);
        _span.Text(5, name);
        _span.Number(6, Internal);
        _span.Fixed64(7, (ulong)from * NanosecondsPerMicrosecond);
        _span.Fixed64(8, (ulong)Math.Max(from, to) * NanosecondsPerMicrosecond);
    }

    public ReadOnlySpan<byte> Written => _span.Written;

    /// <summary>The id of the span of something that Writ gave a UUID of version 7: its random half, which is never zero.</summary>
    public static byte[] IdOf(Guid id) => id.ToByteArray(bigEndian: true)[IdBytes..];

    public void Text(string name, string value)
    {
        var any = new ProtobufWriter();
        any.Text(1, value);
        Attribute(name, any);
    }

    public void Number(string name, long value)
    {
        var any = new ProtobufWriter();
        any.Number(3, (ulong)value);
        Attribute(name, any);
    }

    /// <summary>A member of a record, where it has one: a text, a whole number, or a list of texts.</summary>
    public void Member(string name, JsonElement record, string member)
    {
        if (!record.TryGetProperty(member, out var value))
            return;
        if (value.ValueKind == JsonValueKind.String)
            Text(name, value.GetString()!);
        else if (value.ValueKind == JsonValueKind.Number)
            Number(name, value.GetInt64());
        else if (value.ValueKind == JsonValueKind.Array)
            Attribute(name, List(value));
    }

    /// <summary>Says that it failed, and how in a word.</summary>
    public void Fail(string word)
    {
        var status = new ProtobufWriter();
        status.Text(2, word);
        status.Number(3, Failed);
        _span.Bytes(15, status.Written);
    }

    /// <summary>An attribute of anything, as protobuf.</summary>
    public static ProtobufWriter Pair(string name, ReadOnlySpan<byte> value)
    {
        var pair = new ProtobufWriter();
        pair.Text(1, name);
        pair.Bytes(2, value);
        return pair;
    }

    private void Attribute(string name, ProtobufWriter value) => _span.Bytes(9, Pair(name, value.Written).Written);

    private static ProtobufWriter List(JsonElement texts)
    {
        var (list, any) = (new ProtobufWriter(), new ProtobufWriter());
        foreach (var text in texts.EnumerateArray())
        {
            var item = new ProtobufWriter();
            item.Text(1, text.GetString()!);
            list.Bytes(1, item.Written);
        }

        any.Bytes(5, list.Written);
        return any;
    }
}
