using Writ.Governance.Policies.Proofs;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>Proofs over rules that read facts: what is proved holds whatever a fact says or does not, and an example's facts are those of its arguments.</summary>
public sealed class FactProofTests
{
    private const string Discount = """{"derived": [{"name": "discount", "detector": "percentages", "reads": ["body"], "tools": ["desk/any"]}]}""";
    private const string Order = """
        {"sources": [{"name": "order", "kind": "http", "url": "https://orders.example/{id}", "key": {"id": "order"}, "members": {"value": "decimal"}, "tools": ["desk/any"]}]}
        """;

    [Theory]
    [InlineData(Order, "context.facts.order.value.greaterThan(decimal(\"500.0\"))", "never tool/desk/any", "refuted")]
    [InlineData(Order, "context.facts.order.value.lessThan(decimal(\"500.0\")) || context.facts.order.value.greaterThanOrEqual(decimal(\"500.0\"))", "never tool/desk/any", "proved")]
    [InlineData(Discount, "context.derived.discount.max.greaterThan(decimal(\"20.0\"))", "never tool/desk/any when args.body == \"50%\"", "open")]
    [InlineData(Discount, "context.derived.discount.max.lessThan(decimal(\"0.0\"))", "never tool/desk/any when args.body == \"50%\"", "refuted")]
    public async Task What_is_refuted_is_a_call_that_there_could_be(string facts, string condition, string question, string expected)
    {
        using var world = await World.WithAsync("");
        var bundle = FactWorld.Bundle(facts, World.PermitAll + $"forbid (principal, action == Writ::Action::\"tool/desk/any\", resource) when {{ {condition} }};");
        var answer = Prover.Answer(question, [bundle], world.State) switch
        {
            ProofAnswer.Proved => "proved",
            ProofAnswer.Refuted => "refuted",
            ProofAnswer.Unknown => "open",
            var other => other.ToString(),
        };
        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task One_name_for_two_facts_is_not_compared()
    {
        const string Policy = """forbid (principal, action == Writ::Action::"tool/desk/any", resource) when { context.derived.discount.max.greaterThan(decimal("20.0")) };""";
        using var world = await World.WithAsync("");
        var current = FactWorld.Bundle(Discount, World.PermitAll + Policy);
        var candidate = FactWorld.Bundle(Discount.Replace("body", "subject", StringComparison.Ordinal), World.PermitAll + Policy);
        Assert.IsType<ProofAnswer.Proved>(Prover.NotLooser([current], [current], world.State));
        Assert.IsType<ProofAnswer.Unknown>(Prover.NotLooser([candidate], [current], world.State));
    }
}
