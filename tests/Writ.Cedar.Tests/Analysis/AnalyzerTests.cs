using System.Collections.Immutable;
using Writ.Cedar.Analysis;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Tests.Analysis;

public sealed class AnalyzerTests
{
    private static readonly RequestSpace Space = new(Cedar.Alice, Cedar.View, Cedar.Photo, Cedar.Store(new Entity(Cedar.View, [new EntityUid("Action", "read")]), new Entity(Cedar.Photo)))
    {
        Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("principal.level", AttributeDomain.Always(ValueTypes.Long)),
            KeyValuePair.Create("context.amount", AttributeDomain.Always(ValueTypes.Long) with { Least = 0, Most = 1000 }),
            KeyValuePair.Create("context.unit", AttributeDomain.Constant("EUR")),
        ]),
        Copies = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("context.copy", "principal.level")]),
    };

    [Theory]
    [InlineData("context.amount > 10 && context.amount < 11")]
    [InlineData("context.amount > 1000")]
    [InlineData("context.amount < 0 || context.amount != context.amount")]
    [InlineData("context.unit == \"USD\"")]
    [InlineData("principal.level == 3 && context.copy > 3")]
    [InlineData("context.a < context.b && context.b <= context.a && context.b == 5")]
    [InlineData("context.a == context.b && context.a == \"x\" && context.b != \"x\"")]
    [InlineData("context.text like \"rm *\" && !(context.text like \"rm*\")")]
    [InlineData("context.text like \"a*\" && context.text like \"b*\"")]
    [InlineData("context.text like \"*.pem\" && [\"a.key\", \"b.key\"].contains(context.text)")]
    [InlineData("context.tags.contains(\"x\") && context.tags.isEmpty()")]
    [InlineData("context.tags.containsAll([\"x\", \"y\"]) && !context.tags.containsAny([\"y\", \"z\"])")]
    [InlineData("principal in Group::\"a\" && !(principal in Group::\"a\")")]
    [InlineData("principal is Robot")]
    [InlineData("action == Action::\"edit\"")]
    [InlineData("context has x && !(context has x)")]
    [InlineData("!(context has x) && context.x == 1")]
    [InlineData("context.x == 1 && context.x == \"1\"")]
    [InlineData("context.x + 1 > 9223372036854775807")]
    [InlineData("context.p.greaterThan(decimal(\"1.0\")) && context.p.lessThan(decimal(\"1.0001\"))")]
    [InlineData("if context.x == 1 then context.x == 2 else false")]
    [InlineData("context.odd.isLoopback() && !context.odd.isLoopback()")]
    public void What_no_request_can_meet_is_impossible(string condition) =>
        Assert.IsType<SearchResult.Impossible>(Find(condition));

    [Theory]
    [InlineData("context.amount > 10 && context.amount < 12")]
    [InlineData("context.amount >= 1000")]
    [InlineData("context.unit == \"EUR\"")]
    [InlineData("principal.level == 3 && context.copy >= 3")]
    [InlineData("context.a < context.b && context.b == 5")]
    [InlineData("context.a == context.b && context.a == \"x\"")]
    [InlineData("context.text like \"rm *\" && !(context.text like \"rm -*\")")]
    [InlineData("context.text like \"a*\" && context.text like \"*b\"")]
    [InlineData("context.tags.contains(\"x\") && !context.tags.contains(\"y\")")]
    [InlineData("principal in Group::\"a\" && !(principal in Group::\"b\")")]
    [InlineData("context.deep.inner.x == 1 && !(context.deep has other)")]
    [InlineData("context.x + 1 == 0 || context.x + 1 > 9223372036854775806")]
    [InlineData("context.p.greaterThan(decimal(\"1.0\")) && context.p.lessThan(decimal(\"1.0002\"))")]
    [InlineData("context.owner == principal || context.owner is Robot")]
    public void What_a_request_can_meet_is_shown_by_one(string condition)
    {
        var found = Assert.IsType<SearchResult.Found>(Find(condition));
        Assert.Single(Reference.Evaluate(Policies(condition), found.Request, found.Entities).Permits);
    }

    [Fact]
    public void A_policy_that_fails_is_neither_satisfied_nor_not()
    {
        var policy = Policies("context.x > 5").Policies[0];
        var found = Assert.IsType<SearchResult.Found>(Analyzer.Find(new Claim.Not(Claim.Evaluates(policy)), Space));
        Assert.Single(Reference.Evaluate(Policies("context.x > 5"), found.Request, found.Entities).Errors);
        Assert.IsType<SearchResult.Impossible>(Analyzer.Find(new Claim.Not(Claim.Evaluates(Policies("context.amount > 5").Policies[0])), Space));
    }

    [Fact]
    public void A_search_that_would_take_too_long_is_given_up()
    {
        var condition = string.Join(" && ", Enumerable.Range(0, 40).Select(i => $"(context.a{i} == {i} || context.b{i} == {i} || context.c like \"{i}*\")"));
        Assert.IsType<SearchResult.Unknown>(Analyzer.Find(new Claim.All([new Claim.Holds(Cedar.Expression(condition)), new Claim.Holds(Cedar.Expression("context.z.isLoopback()"))]), Space, 2_000));
    }

    private static SearchResult Find(string condition) => Analyzer.Find(new Claim.Satisfied(Policies(condition).Policies[0]), Space);

    private static PolicySet Policies(string condition) => Cedar.Policies($"permit (principal, action, resource) when {{ {condition} }};");
}
