using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;
using Writ.Governance.People;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Policies.Proofs;

/// <summary>Makes calls and questions by chance, from a seed, out of what a pack's tools take and what its rules speak of, and beside it.</summary>
internal sealed class CallGenerator
{
    private readonly Random _random;
    private readonly TrialServer _server;
    private readonly string[] _texts;
    private readonly long[] _longs;
    private readonly decimal[] _decimals;

    public CallGenerator(int seed, TrialServer server, IEnumerable<Expr> conditions)
    {
        _random = new Random(seed);
        _server = server;
        var all = conditions.SelectMany(condition => condition.DescendantsAndSelf()).ToArray();
        var values = all.OfType<LiteralExpr>().Select(literal => literal.Value).ToArray();
        var amounts = all.OfType<CallExpr>().Where(call => call.Function.Name == "decimal").SelectMany(call => call.Arguments).OfType<LiteralExpr>().Select(literal => literal.Value).OfType<StringValue>()
            .Select(text => decimal.Parse(text.Value, CultureInfo.InvariantCulture));
        _texts = [.. values.OfType<StringValue>().Select(text => text.Value), .. all.OfType<LikeExpr>().SelectMany(like => new[] { string.Join("x", like.Pattern.Pieces), string.Concat(like.Pattern.Pieces) }), "", "other", "production", "main"];
        _longs = [.. values.OfType<LongValue>().SelectMany(number => new[] { number.Value - 1, number.Value, number.Value + 1 }), 0, 1, -1, 3];
        _decimals = [.. amounts.SelectMany(amount => new[] { amount - 0.01m, amount, amount + 0.01m }), 0, 1, 0.01m];
    }

    public TrialCall Call()
    {
        var definition = Pick(_server.Definitions);
        var arguments = new JsonObject();
        foreach (var property in Properties(definition))
        {
            if (_random.Next(6) > 0)
                arguments[property.Name] = Argument(property.Value);
        }

        if (_random.Next(8) == 0)
            arguments["unasked"] = Text();
        return new TrialCall
        {
            Agent = TrialWorld.Describe("chance", [_server.Slug]) with
            {
                Risk = _random.Next(5),
                Autonomy = _random.Next(5),
                Ring = _random.Next(4),
                Trust = _random.Next(1_001),
                Environment = Pick(["production", "staging", "development"]),
                Domain = _random.Next(2) == 0 ? "general" : Text(),
            },
            Server = _server.Slug,
            Tool = definition.GetProperty("name").GetString()!,
            Arguments = World.Args(arguments.ToJsonString()),
            Time = TrialCall.DefaultTime.AddHours(_random.Next(10_000)),
            Purpose = _random.Next(2) == 0 ? null : Text(),
            OnBehalfOf = _random.Next(2) == 0 ? null : Text() + "u",
            StartedBy = _random.Next(2) == 0 ? null : PersonId.Parse("kim"),
        };
    }

    /// <summary>A question about a tool, perhaps only of calls with an argument that a rule speaks of.</summary>
    public string Question()
    {
        var definition = Pick(_server.Definitions);
        var question = $"never tool/{_server.Slug}/{definition.GetProperty("name").GetString()}{Pick(["", " without approval"])}";
        var properties = Properties(definition).Where(property => TypeOf(property.Value) is "string" or "integer" or "number").ToArray();
        if (properties.Length == 0 || _random.Next(4) == 0)
            return question + $" when principal.risk >= {_random.Next(5)}";
        var asked = Pick(properties);
        return question + TypeOf(asked.Value) switch
        {
            "integer" => string.Create(CultureInfo.InvariantCulture, $" when args.{asked.Name} {Pick(["<", ">", "==", "<="])} {Pick(_longs)}"),
            "number" => string.Create(CultureInfo.InvariantCulture, $" when args.{asked.Name}.{Pick(["lessThan", "greaterThan", "greaterThanOrEqual"])}(decimal(\"{Pick(_decimals):0.00##}\"))"),
            _ => $" when args.{asked.Name} {(_random.Next(3) == 0 ? "!=" : "==")} {new LiteralExpr(Text())}",
        };
    }

    private static JsonProperty[] Properties(JsonElement definition) =>
        definition.GetProperty("inputSchema").TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject()] : [];

    private static string? TypeOf(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private JsonNode? Argument(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values) && _random.Next(5) > 0)
            return JsonNode.Parse(Pick([.. values.EnumerateArray()]).GetRawText());
        return TypeOf(schema) switch
        {
            "integer" => Pick(_longs),
            "number" => Pick(_decimals),
            "boolean" => _random.Next(2) == 0,
            "array" => new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => schema.TryGetProperty("items", out var items) ? Argument(items) : Text())]),
            "object" => new JsonObject(),
            _ => Text(),
        };
    }

    private string Text() => _random.Next(8) == 0 ? Pick(_texts) + Pick(_texts) : Pick(_texts);

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
