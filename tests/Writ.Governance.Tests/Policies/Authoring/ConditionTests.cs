using Writ.Cedar.Syntax;
using Writ.Governance.Policies.Authoring.Conditions;

namespace Writ.Governance.Tests.Policies.Authoring;

/// <summary>What conditions of the YAML form mean in Cedar, and what they refuse to mean.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("env == 'production'", """context.environment == "production" """)]
    [InlineData("'production' == env", """context.environment == "production" """)]
    [InlineData("env != \"production\"", """!(context.environment == "production")""")]
    [InlineData("env in ['staging', 'test']", """["staging", "test"].contains(context.environment)""")]
    [InlineData("env not in ['staging']", """!["staging"].contains(context.environment)""")]
    [InlineData("not (env == 'a' or env == 'b')", """!(context.environment == "a" || context.environment == "b")""")]
    [InlineData("env == 'a' && !reversible || agent.risk >= 3", """context.environment == "a" && !resource.reversible || principal.risk >= 3""")]
    [InlineData("risk_tags contains 'pii'", """context.risk_tags.contains("pii")""")]
    [InlineData("'pii' in risk_tags", """context.risk_tags.contains("pii")""")]
    [InlineData("args.amount > 500", "context.args.amount > 500")]
    [InlineData("args.amount >= -5", "context.args.amount >= -5")]
    [InlineData("args.amount < 50.5", """context.args.amount.lessThan(decimal("50.5"))""")]
    [InlineData("args.amount == 5", "context.args.amount >= 5 && context.args.amount <= 5")]
    [InlineData("args.to == 'x*y'", """context.args.to like "x\*y" """)]
    [InlineData("args.to in ['a', 'b']", """context.args.to like "a" || context.args.to like "b" """)]
    [InlineData("args.path startsWith '/etc'", """context.args.path like "/etc*" """)]
    [InlineData("args.path.endsWith('.key')", """context.args.path like "*.key" """)]
    [InlineData("args.text contains 'a or b'", """context.args.text like "*a or b*" """)]
    [InlineData("args has force and args.force == true", "context.args has force && (context.args.force && true)")]
    [InlineData("args has order.total", "context.args has order && context.args.order has total")]
    [InlineData("args['order id'] == 'x'", """context.args["order id"] like "x" """)]
    [InlineData("args.order-id == 'x'", """context.args["order-id"] like "x" """)]
    [InlineData("facts.order.value < 500.0", """context.facts.order.value.lessThan(decimal("500.0"))""")]
    [InlineData("derived.command.class in ['read', 'write']", """context.derived.command.class like "read" || context.derived.command.class like "write" """)]
    [InlineData("true", "true")]
    public void A_condition_is_the_Cedar_it_says(string condition, string cedar)
    {
        var compiled = ConditionParser.Parse(condition, out var fault);
        Assert.Null(fault);
        var text = $"permit (principal, action, resource) when {{ {cedar} }};";
        Assert.True(Writ.Cedar.Policies.PolicySet.Parse(text).TryGet(out var expected, out _));
        Assert.Equal(CedarText.Print(expected.Policies[0].Conditions[0].Body), CedarText.Print(compiled!));
    }

    [Theory]
    [InlineData("enviroment == 'a'", 0, "no fact is named 'enviroment'")]
    [InlineData("env = 'a'", 4, "write '=='")]
    [InlineData("env =~ 'a'", 4, "write '=='")]
    [InlineData("env matches 'a'", 4, "'matches' is no operator")]
    [InlineData("args.env like 'a*'", 9, "'like' is no operator")]
    [InlineData("env == 'a' AND env == 'b'", 11, "expected 'and', 'or' or the end")]
    [InlineData("NOT env == 'a'", 0, "write 'not' in lower case")]
    [InlineData("env == 'a", 7, "no end")]
    [InlineData("env == a", 7, "no fact is named 'a'")]
    [InlineData("env == 5", 4, "never")]
    [InlineData("env > 'a'", 4, "only numbers are ordered")]
    [InlineData("env", 0, "neither true nor false")]
    [InlineData("env in 'production'", 4, "'in' looks into a list")]
    [InlineData("env in []", 4, "1 to 64 elements")]
    [InlineData("env in ['a', 5]", 4, "all texts")]
    [InlineData("env in allowed_envs", 7, "no fact is named")]
    [InlineData("agent.risk == 1.5", 11, "never")]
    [InlineData("1 < args.a < 5", 11, "join the two with 'and'")]
    [InlineData("args.a + 1 > 2", 7, "cannot calculate")]
    [InlineData("args.a -1 > 2", 7, "cannot calculate")]
    [InlineData("args.a == 1e5", 10, "no number")]
    [InlineData("args.a == 99999999999999999999", 10, "64 bits")]
    [InlineData("args.a == 0.00001", 10, "4 decimals")]
    [InlineData("args == 'a'", 5, "before a dot")]
    [InlineData("'a' == 'a'", 4, "always the same")]
    [InlineData("args.a startsWith args.b", 7, "written out")]
    [InlineData("lower(env) == 'a'", 0, "no functions")]
    [InlineData("env has x", 4, "has none")]
    [InlineData("(env == 'a'", 11, "expected ')'")]
    [InlineData("env == 'a')", 10, "expected 'and', 'or' or the end")]
    [InlineData("env == 'a' env == 'b'", 11, "expected 'and', 'or' or the end")]
    [InlineData("env == \u2018a\u2019", 7, "straight quotes")]
    [InlineData("", 0, "expected a name")]
    [InlineData("and", 0, "expected a name")]
    public void T01_what_a_condition_cannot_say_is_an_error_at_its_place(string condition, int at, string message)
    {
        Assert.Null(ConditionParser.Parse(condition, out var fault));
        Assert.Contains(message, fault!.Message, StringComparison.Ordinal);
        Assert.Equal(at, fault.At);
    }

    [Fact]
    public void A_condition_that_is_too_deep_or_too_long_is_an_error()
    {
        Assert.Null(ConditionParser.Parse(new string('(', 10_000) + "true", out var long1));
        Assert.Contains("4096", long1!.Message, StringComparison.Ordinal);
        Assert.Null(ConditionParser.Parse(new string('(', 2_000) + "true", out var deep));
        Assert.Contains("32 levels", deep!.Message, StringComparison.Ordinal);
        Assert.Null(ConditionParser.Parse(string.Concat(Enumerable.Repeat("not ", 1_000)) + "true", out var nots));
        Assert.Contains("32 levels", nots!.Message, StringComparison.Ordinal);
    }
}
