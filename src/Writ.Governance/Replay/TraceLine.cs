using System.Text.Json;

namespace Writ.Governance.Replay;

/// <summary>
/// Reads one line of a trace file: <c>id</c>, <c>suite</c>, and of each of <c>calls</c> the function <c>f</c>, the arguments <c>a</c> and the
/// looked-up facts <c>k</c>. Everything else is passed over unread, labels above all: what an answer says must not reach what is tested by it.
/// </summary>
public static class TraceLine
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>The trace, or what is wrong with the line. Arguments are not looked into: a call with broken ones is still a call.</summary>
    public static RecordedTrace? Read(ReadOnlyMemory<byte> line, out string problem)
    {
        try
        {
            return Read(line, new Utf8JsonReader(line.Span, Options), out problem);
        }
        catch (JsonException broken)
        {
            problem = $"byte {broken.BytePositionInLine + 1}: {broken.Message.Split(" LineNumber", 2)[0]}";
        }
        catch (InvalidOperationException)
        {
            problem = "a name in it is not Unicode";
        }

        return null;
    }

    private static RecordedTrace? Read(ReadOnlyMemory<byte> line, Utf8JsonReader reader, out string problem)
    {
        string? id = null, suite = null;
        List<RecordedCall>? calls = null;
        problem = "expected an object with id, suite and calls";
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                id = Text(ref reader);
            else if (reader.ValueTextEquals("suite"u8))
                suite = Text(ref reader);
            else if (reader.ValueTextEquals("calls"u8))
                calls = Calls(line, ref reader);
            else
                reader.Skip();
        }

        while (reader.Read())
        {
            // what stands behind the object is an error that the reader reports
        }

        return id is null || suite is null || calls is null ? null : new RecordedTrace(id, suite, calls);
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static List<RecordedCall>? Calls(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var calls = new List<RecordedCall>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            calls.Add(Call(line, ref reader));
        return calls;
    }

    private static RecordedCall Call(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        var call = new RecordedCall("", default);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return call;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("f"u8))
                call = call with { Function = Text(ref reader) ?? "" };
            else if (reader.ValueTextEquals("a"u8))
                call = call with { Arguments = Raw(line, ref reader) };
            else if (reader.ValueTextEquals("k"u8))
                call = call with { LookedUp = Raw(line, ref reader) };
            else
                reader.Skip();
        }

        return call;
    }

    private static ReadOnlyMemory<byte> Raw(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }
}
