using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Linting;

namespace Writ.Governance.Tests.NamedFacts;

/// <summary>Facts on the way of an action: declared in a bundle, made before policies are asked, recorded, and refused where they are missing.</summary>
public sealed class NamedFactTests
{
    private const string Discount = """{"derived": [{"name": "discount", "detector": "percentages", "reads": ["body"], "tools": ["desk/any"]}]}""";
    private const string Ceiling = World.PermitAll + """@id("ceiling") forbid (principal, action == Writ::Action::"tool/desk/any", resource) when { context.derived.discount.max.greaterThan(decimal("20.0")) };""";

    private const string Region = """
        {"sources": [{"name": "country", "kind": "table", "key": {"code": "country"}, "members": {"limit": "decimal", "region": "String"}, "tools": ["desk/any"],
          "rows": [{"code": "DE", "limit": "500.00", "region": "eu"}, {"code": "US", "limit": 100, "region": "us"}]}]}
        """;

    private const string InEurope = """permit (principal, action == Writ::Action::"tool/desk/any", resource) when { context.facts.country.region == "eu" };""";

    [Theory]
    [InlineData("19.99% off", Outcome.Allow)]
    [InlineData("20% off", Outcome.Allow)]
    [InlineData("20.01% off", Outcome.Deny)]
    [InlineData("10 to 21 percent", Outcome.Deny)]
    [InlineData("hello", Outcome.Allow)]
    public async Task A_derived_fact_decides_at_its_threshold(string body, Outcome expected)
    {
        using var world = await FactWorld.WithAsync(Discount, Ceiling);
        Assert.Equal(expected, await FactWorld.OutcomeAsync(world, "any", JsonSerializer.Serialize(new { body })));
    }

    [Fact]
    public async Task An_unavailable_fact_denies_under_a_forbid_and_does_not_count_for_a_permit()
    {
        using var forbidding = await FactWorld.WithAsync(Discount, Ceiling);
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(forbidding, "any", """{"body":{"hidden":"50%"}}"""));
        using var has = await FactWorld.WithAsync(Discount, World.PermitAll + "forbid (principal, action == Writ::Action::\"tool/desk/any\", resource) when { context.derived has discount && context.derived.discount.count < 0 };");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(has, "any", """{"body":7}"""));
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(has, "any", """{"body":"x"}"""));
        using var permitting = await FactWorld.WithAsync(Discount, """permit (principal, action == Writ::Action::"tool/desk/any", resource) when { context.derived.discount.count == 0 };""");
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(permitting, "any", """{"body":7}"""));
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(permitting, "any", """{"body":"x"}"""));
    }

    [Fact]
    public async Task T07_an_argument_named_like_a_fact_changes_nothing()
    {
        using var world = await FactWorld.WithAsync(Region, InEurope);
        const string Lies = """, "facts": {"country": {"region": "eu"}}, "derived": {}, "region": "eu", "context": {"facts": {"country": {"region": "eu"}}}}""";
        Assert.Equal(Outcome.Deny, await FactWorld.OutcomeAsync(world, "any", """{"country": "US" """ + Lies));
        Assert.Equal(Outcome.Allow, await FactWorld.OutcomeAsync(world, "any", """{"country": "DE" """ + Lies));
    }

    [Theory]
    [InlineData("""{"country": "DE"}""", Outcome.Allow)]
    [InlineData("""{"country": "US"}""", Outcome.Deny)]
    [InlineData("""{"country": "de"}""", Outcome.Deny)]
    [InlineData("""{"country": ["DE"]}""", Outcome.Deny)]
    [InlineData("""{"country": null}""", Outcome.Deny)]
    [InlineData("{}", Outcome.Deny)]
    public async Task A_table_answers_for_its_rows_alone(string arguments, Outcome expected)
    {
        using var world = await FactWorld.WithAsync(Region, InEurope);
        Assert.Equal(expected, await FactWorld.OutcomeAsync(world, "any", arguments));
    }

    [Fact]
    public async Task What_was_known_is_recorded_and_what_it_said_is_sealed()
    {
        using var world = await FactWorld.WithAsync(Region, InEurope);
        await world.CallAsync("any", """{"country": "DE"}""");
        await world.CallAsync("any", """{"country": "FR"}""");
        var records = world.DecisionLog.Of("decision").Select(r => r.GetRawText()).ToArray();
        Assert.Contains("""[{"available":true,"kind":"source/table","name":"country","origin":"bundle"}]""", records[0], StringComparison.Ordinal);
        Assert.Contains("""[{"available":false,"kind":"source/table","name":"country","origin":"none"}]""", records[1], StringComparison.Ordinal);
        Assert.DoesNotContain("\"eu\"", records[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"derived": [{"name": "a", "detector": "percentages", "reads": ["b"], "tools": ["desk/any"], "colour": 1}]}""", "facts.json:1:")]
    [InlineData("""{"derived": [{"name": "A", "detector": "percentages", "reads": ["b"], "tools": ["desk/any"]}]}""", "/derived/0")]
    [InlineData("""{"derived": [{"name": "a", "detector": "magic", "reads": ["b"], "tools": ["desk/any"]}]}""", "there is no detector 'magic'")]
    [InlineData("""{"derived": [{"name": "a", "detector": "sql", "reads": [], "tools": ["desk/any"]}]}""", "1 to 16 arguments")]
    [InlineData("""{"derived": [{"name": "a", "detector": "sql", "reads": ["a..b"], "tools": ["desk/any"]}]}""", "names no argument")]
    [InlineData("""{"derived": [{"name": "a", "detector": "sql", "reads": ["b"], "tools": ["effect/magic"]}]}""", "no effect class")]
    [InlineData("""{"derived": [{"name": "a", "detector": "path", "reads": ["b"], "tools": ["desk/any"]}]}""", "roots")]
    [InlineData("""{"sources": [{"name": "a", "kind": "table", "key": {"k": "b"}, "members": {"m": "Money"}, "tools": ["desk/any"], "rows": [{"k": 1, "m": 1}]}]}""", "members.m")]
    [InlineData("""{"sources": [{"name": "a", "kind": "table", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"], "rows": [{"k": 1, "m": "x"}]}]}""", "/rows/0")]
    [InlineData("""{"sources": [{"name": "a", "kind": "table", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"], "rows": [{"k": 1, "m": 1}, {"k": 1.0, "m": 2}]}]}""", "/rows/1")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"], "rows": [{"k": 1, "m": 1}]}]}""", "has a url")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "https://{k}.example/", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "no value goes into them")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "https://a.example/", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "does not use 'k'")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "https://u:p@a.example/{k}", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "without credentials")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "https://a.example/../{k}", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "as it is sent")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "file:///etc/{k}", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "http or https")]
    [InlineData("""{"sources": [{"name": "a", "kind": "http", "url": "https://a.example/{k}", "allowed_networks": ["home"], "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "allowed_networks")]
    [InlineData("""{"sources": [{"name": "a", "kind": "tool", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "names its tool")]
    [InlineData("""{"sources": [{"name": "a", "kind": "tool", "tool": "desk/look", "timeout": "1h", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "timeout")]
    [InlineData("""{"sources": [{"name": "a", "kind": "tool", "tool": "desk/look", "max_age": "2h", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "max_age")]
    [InlineData("""{"sources": [{"name": "a", "kind": "oracle", "key": {"k": "b"}, "members": {"m": "Long"}, "tools": ["desk/any"]}]}""", "there is no kind 'oracle'")]
    [InlineData("[]", "facts.json:")]
    [InlineData("{", "facts.json:")]
    public void A_broken_declaration_is_a_located_error(string facts, string expected)
    {
        var problems = BundlePublication.Problems(FactWorld.Bundle(facts, World.PermitAll));
        Assert.Contains(problems, p => p.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_reads_an_undeclared_fact_is_a_located_error()
    {
        Assert.Empty(BundlePublication.Problems(FactWorld.Bundle(Discount, Ceiling)));
        foreach (var read in new[] { "context.derived.other.max == decimal(\"1.0\")", "context.derived has other", "context has derived.other", "context.facts.discount == 1" })
        {
            var problem = Assert.Single(BundlePublication.Problems(FactWorld.Bundle(Discount, $"\n permit (principal, action, resource) when {{ {read} }};")));
            Assert.Equal(("test.cedar", 2, 2), (problem.File, problem.Line, problem.Column));
        }
    }

    [Theory]
    [InlineData("action == Writ::Action::\"tool/desk/any\"", "context.derived.discount.max.lessThan(decimal(\"1.0\"))", null)]
    [InlineData("action == Writ::Action::\"tool/desk/look\"", "context.derived.discount.max.lessThan(decimal(\"1.0\"))", "discount")]
    [InlineData("action", "context.derived.discount.max.lessThan(decimal(\"1.0\"))", "desk/look")]
    [InlineData("action", "context.derived has discount && context.derived.discount.max.lessThan(decimal(\"1.0\"))", null)]
    [InlineData("action == Writ::Action::\"tool/desk/any\"", "context.derived.discount.max < 1", "Long")]
    [InlineData("action == Writ::Action::\"tool/desk/any\"", "context.derived.discount.most == 1", "most")]
    public async Task A_rule_reads_a_fact_as_what_it_is_and_only_for_tools_that_it_is_made_for(string scope, string condition, string? problem)
    {
        using var world = await World.WithAsync("");
        var problems = BundlePublication.Problems(world.State, FactWorld.Bundle(Discount, $"forbid (principal, {scope}, resource) when {{ {condition} }};"));
        Assert.Equal(problem is null, problems.Count == 0);
        Assert.All(problems, found => Assert.Contains(problem!, found.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_bundles_cannot_mean_different_facts_by_one_name()
    {
        using var world = await FactWorld.WithAsync(Discount, Ceiling);
        Assert.Empty(BundlePublication.Problems(world.State, FactWorld.Bundle(Discount, World.PermitAll, "second")));
        var other = Discount.Replace("percentages", "prices", StringComparison.Ordinal);
        Assert.Contains("'discount'", Assert.Single(BundlePublication.Problems(world.State, FactWorld.Bundle(other, World.PermitAll, "second"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_that_no_rule_reads_is_found()
    {
        var unread = Assert.Single(Linter.Lint(FactWorld.Bundle(Discount, "permit (principal, action == Writ::Action::\"tool/desk/any\", resource);"), null, null));
        Assert.Equal(("unread-fact", FactFile.Name), (unread.Check, unread.File));
        Assert.Contains("context.derived.discount", unread.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Linter.Lint(FactWorld.Bundle(Discount, Ceiling), null, null), finding => finding.Check == "unread-fact");
    }

    [Fact]
    public void The_declarations_are_part_of_the_digest()
    {
        var other = Discount.Replace("\"body\"", "\"subject\"", StringComparison.Ordinal);
        Assert.NotEqual(FactWorld.Bundle(Discount, Ceiling).Digest, FactWorld.Bundle(other, Ceiling).Digest);
    }
}
