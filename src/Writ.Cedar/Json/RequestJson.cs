using System.Text.Json;
using Writ.Cedar.Authorization;
using Writ.Cedar.Values;

namespace Writ.Cedar.Json;

/// <summary>
/// Reads requests in Cedar's JSON, without a schema: <c>{"principal", "action", "resource", "context"}</c>, the first three as
/// <c>{"type", "id"}</c>, the context a record and empty when left out. Names not known here are refused.
/// </summary>
public static class RequestJson
{
    /// <summary>Reads a request from text.</summary>
    public static ParseResult<Request> Read(string json, JsonOptions? options = null) => JsonInput.Read(json, options, Request);

    /// <summary>Reads a request from UTF-8.</summary>
    public static ParseResult<Request> Read(ReadOnlyMemory<byte> utf8, JsonOptions? options = null) => JsonInput.Read(utf8, options, Request);

    /// <summary>Reads a request from a part of a document that is parsed already.</summary>
    public static ParseResult<Request> Read(JsonElement element, JsonOptions? options = null) => JsonInput.Read(element, options, Request);

    private static Request? Request(JsonInput input, JsonNode node)
    {
        var values = new ValueReader(input);
        if (input.Object(node, "a request", ["principal", "action", "resource"], ["context"]) is not { } parts
            || values.Entity(parts["principal"]) is not { } principal
            || values.Entity(parts["action"]) is not { } action
            || values.Entity(parts["resource"]) is not { } resource)
        {
            return null;
        }

        RecordValue? context = null;
        if (parts.TryGetValue("context", out var given) && (context = values.Record(given)) is null)
            return null;
        return new Request(principal, action, resource, context);
    }
}
