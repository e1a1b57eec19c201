using System.Text.Json;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>
/// Reads values in Cedar's JSON, without a schema: Booleans, integers of 64 bits read exactly, strings, arrays as sets, objects as
/// records, <c>{"__entity": {"type", "id"}}</c> and <c>{"__extn": {"fn", "arg"}}</c>. Refused: null, numbers with a fraction or exponent,
/// integers beyond 64 bits, a name that occurs twice in an object, and an escape that is not well-formed (which Cedar takes for a record).
/// </summary>
public static class ValueJson
{
    /// <summary>Reads a value from text.</summary>
    public static ParseResult<Value> Read(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Value);

    /// <summary>Reads a value from UTF-8.</summary>
    public static ParseResult<Value> Read(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Value);

    /// <summary>Reads a record, such as the context of a request, from text.</summary>
    public static ParseResult<RecordValue> ReadRecord(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Record);

    /// <summary>Reads a record, such as the context of a request, from UTF-8.</summary>
    public static ParseResult<RecordValue> ReadRecord(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Record);

    /// <summary>Reads a record, such as the context of a request, from a part of a document that is parsed already.</summary>
    public static ParseResult<RecordValue> ReadRecord(JsonElement element, JsonOptions? options = null) => JsonInput.Read(element, options, Record);

    internal static RecordValue? Record(JsonInput input, JsonNode node) => new ValueReader(input).Record(node);

    private static Value? Value(JsonInput input, JsonNode node) => new ValueReader(input).Read(node);
}
