using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Authorization;
using Writ.Cedar.Values;
using Writ.Governance.NamedFacts;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// Derived facts follow from arguments, and a search that does not know how picks both. An example counts only with the facts that its
/// arguments really make. What is looked up may be anything, and stays.
/// </summary>
internal static class ExampleFacts
{
    /// <summary>The request, with derived facts made of its arguments.</summary>
    public static Request Grounded(Request request, FactDeclarations facts)
    {
        if (!request.Context.TryGet("derived", out var found) || found is not RecordValue { Count: > 0 } derived)
            return request;
        var arguments = JsonSerializer.SerializeToElement(request.Context.TryGet("args", out var given) ? Json(given) : new JsonObject());
        var made = new RecordBuilder(derived.Count);
        foreach (var name in derived.Names)
            made.Add(name, facts.Derived.FirstOrDefault(fact => fact.Declaration.Name == name)?.Of(arguments) ?? new PoisonValue($"no fact is named '{name}'"));
        var context = new RecordBuilder(request.Context.Count);
        foreach (var (name, value) in request.Context.Attributes)
            context.Add(name, name == "derived" ? made.Build() : value);
        return new Request(request.Principal, request.Action, request.Resource, context.Build());
    }

    private static JsonNode? Json(Value value) => value switch
    {
        StringValue text => JsonValue.Create(text.Value),
        BoolValue truth => JsonValue.Create(truth.Value),
        LongValue number => JsonValue.Create(number.Value),
        DecimalValue amount => JsonValue.Create(amount.TenThousandths / 10_000m),
        SetValue set => new JsonArray([.. set.Elements.Select(Json)]),
        RecordValue record => new JsonObject(record.Attributes.Select(member => KeyValuePair.Create(member.Key, Json(member.Value)))),
        _ => null,
    };
}
