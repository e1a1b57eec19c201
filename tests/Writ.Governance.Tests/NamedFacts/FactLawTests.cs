using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Outcome = Writ.Governance.Decisions.Outcome;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>The laws of facts over generated rules: what is not known never loosens, and what an agent says is never what is known.</summary>
public sealed class FactLawTests
{
    private const string Facts = """
        {"derived": [{"name": "discount", "detector": "percentages", "reads": ["body"], "tools": ["desk/any"]}],
         "sources": [{"name": "order", "kind": "http", "url": "https://orders.example/{id}", "key": {"id": "order"}, "members": {"items": "Long", "open": "Bool"}, "tools": ["desk/any"]}]}
        """;

    private static readonly string[] Heads =
    [
        "permit ", "permit ", "permit ", "forbid ", "@discharge(\"approval\") @approvers(\"capability/app\") forbid ",
        "@discharge(\"constraint\") @constraint(\"timeout 5s\") forbid ", "@discharge(\"remediation\") @remedy(\"look()\") forbid ",
    ];

    private static readonly string[] Conditions =
    [
        "true", "context.facts.order.open", "!context.facts.order.open", "context.facts has order", "context.facts.order.items < 2", "context.facts.order.items >= 2",
        "context.args has body && context.facts.order.items == 1", "context.derived.discount.count == 0", "context.derived.discount.max.greaterThan(decimal(\"20.0\"))",
        "context.facts.order.open || true", "true || context.facts.order.open",
    ];

    private static readonly string[] Calls =
        ["""{"order":"A"}""", """{"order":"A","body":"30%"}""", """{"order":"A","body":7}""", """{"order":"A","facts":{"order":{"items":1,"open":true}},"items":1,"open":true}"""];

    private static Arbitrary<(string Policy, string Call, string Known)> Cases =>
        (from rules in Gen.ListOf(from head in Gen.Elements(Heads) from condition in Gen.Elements(Conditions) select $"{head}(principal, action == Writ::Action::\"tool/desk/any\", resource) when {{ {condition} }};")
         from call in Gen.Elements(Calls)
         from items in Gen.Choose(0, 3)
         from open in Gen.Elements(true, false)
         select (string.Join('\n', rules.Take(5).Append("permit (principal, action, resource) when { false };")), call, $$$"""{"order":{"items":{{{items}}},"open":{{{(open ? "true" : "false")}}}}}""")).ToArbitrary();

    [Fact]
    public async Task What_is_not_known_never_loosens()
    {
        using var world = await World.WithAsync("");
        var request = await world.RequestAsync("any");
        Prop.ForAll(Cases, one => Judge(world, request, one.Policy, one.Call, null) >= Judge(world, request, one.Policy, one.Call, one.Known)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public async Task T07_arguments_that_are_named_like_facts_change_nothing()
    {
        using var world = await World.WithAsync("");
        var request = await world.RequestAsync("any");
        Prop.ForAll(Cases, one => Judge(world, request, one.Policy, Calls[0], one.Known) == Judge(world, request, one.Policy, Calls[3], one.Known)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static Outcome Judge(World world, ActionRequest request, string policy, string call, string? known)
    {
        var archive = FactWorld.Bundle(Facts, policy);
        var snapshot = Snapshot.Compile(World.Organization, [new PublishedBundle("test", "1", archive.Digest.ToHex(), archive)], world.State.ServersBySlug.Values);
        Assert.Null(snapshot.Fault);
        var facts = request.Facts with { LookedUp = new FactSheet(known is null ? default : JsonElement.Parse(known)) };
        return snapshot.Judge(facts, world.State.Tool(World.Desk, "any")!, World.Args(call)).Outcome;
    }
}
