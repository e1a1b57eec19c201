using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Authorization;

public sealed class PoisonTests
{
    private static readonly PoisonValue Poison = new("the number 1e400 has no decimal");

    private static readonly RecordValue Context = RecordValue.Of(
        ("args", RecordValue.Of(("amount", Poison), ("to", "bob"), ("list", SetValue.Of(1, Poison)))),
        ("clean", RecordValue.Of(("amount", 1))));

    private static readonly EntityStore Store = Cedar.Store(new Entity(Cedar.Alice, null, RecordValue.Of(("score", Poison)), RecordValue.Of(("tag", Poison))));

    [Theory]
    [InlineData("context.args.amount")]
    [InlineData("context.args.amount > 100")]
    [InlineData("context.args[\"amount\"] == 1")]
    [InlineData("context.args has amount")]
    [InlineData("context has args.amount")]
    [InlineData("context has args.amount.currency")]
    [InlineData("context.args == {to: \"bob\"}")]
    [InlineData("context.args != {to: \"bob\"}")]
    [InlineData("{} == context.args")]
    [InlineData("context == context")]
    [InlineData("[context.args] == []")]
    [InlineData("[context.args].contains({})")]
    [InlineData("[{}].contains(context.args)")]
    [InlineData("[{}].containsAll([context.args])")]
    [InlineData("[context.args].containsAll([])")]
    [InlineData("[{}].containsAny([context.args])")]
    [InlineData("context.args.list == [1]")]
    [InlineData("context.args.list.contains(1)")]
    [InlineData("context.args.list.isEmpty()")]
    [InlineData("principal.score")]
    [InlineData("principal has score")]
    [InlineData("principal.getTag(\"tag\")")]
    [InlineData("principal.hasTag(\"tag\")")]
    [InlineData("if context.args has amount then true else true")]
    [InlineData("context.args has to && context.args has amount")]
    public void T88_whatever_looks_at_a_poisoned_value_fails(string expression)
    {
        Assert.Equal("error:Poison", Cedar.Result(expression, Context, Store));
        foreach (var effect in new[] { "permit", "forbid" })
        {
            var evaluation = Cedar.Evaluate($"{effect}(principal, action, resource) when {{ ({expression}) == 0 || true }};", Context, Store);
            Assert.Equal(FaultKind.Poison, Assert.Single(evaluation.Errors).Kind);
        }
    }

    [Theory]
    [InlineData("context.args in [User::\"a\"]")]
    [InlineData("principal in context.args.list")]
    [InlineData("principal in [context.args]")]
    public void T88_membership_with_poison_fails_too(string expression) => Assert.StartsWith("error:", Cedar.Result(expression, Context, Store));

    [Theory]
    [InlineData("context.args.to", "\"bob\"")]
    [InlineData("context.args has to", "true")]
    [InlineData("context.args has other", "false")]
    [InlineData("context has args", "true")]
    [InlineData("context.clean == {amount: 1}", "true")]
    [InlineData("context has clean.amount && context.clean.amount == 1", "true")]
    [InlineData("principal has other", "false")]
    [InlineData("principal.hasTag(\"other\")", "false")]
    [InlineData("principal == principal", "true")]
    [InlineData("false && context.args.amount > 1", "false")]
    public void T88_what_does_not_look_at_it_is_not_disturbed(string expression, string result) => Assert.Equal(result, Cedar.Result(expression, Context, Store));

    [Fact]
    public void T88_the_error_repeats_the_reason()
    {
        var error = Assert.Single(Cedar.Evaluate("forbid(principal, action, resource) when { context.args has amount };", Context).Errors);
        Assert.Equal("policy 'policy0' at 1:44: read a value that could not be represented (the number 1e400 has no decimal)", error.Message);
    }
}
