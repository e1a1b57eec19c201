using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests.Syntax;

public sealed class ParsingTests
{
    /// <summary>Two ways to write the same expression; the second is how it is printed.</summary>
    public static TheoryData<string, string> Same => new()
    {
        { "1+2*3-4", "1 + 2 * 3 - 4" },
        { "(1+2)*3", "(1 + 2) * 3" },
        { "1-(2-3)", "1 - (2 - 3)" },
        { "(1-2)-3", "1 - 2 - 3" },
        { "true||false&&true", "true || false && true" },
        { "(true||false)&&true", "(true || false) && true" },
        { "true||(false||true)", "true || (false || true)" },
        { "!true&&false", "!true && false" },
        { "!!!!true", "!(!(!(!true)))" },
        { "-1", "-1" },
        { "- 1", "-1" },
        { "--1", "-(-1)" },
        { "-(1)", "-(1)" },
        { "-(-1)", "-(-1)" },
        { "-1.a", "-1.a" },
        { "(-1).a", "(-1).a" },
        { "-9223372036854775808", "-9223372036854775808" },
        { "1--1", "1 - -1" },
        { "context[\"a\"]", "context.a" },
        { "context[\"a b\"].c", "context[\"a b\"].c" },
        { "context[\"if\"]", "context[\"if\"]" },
        { "context.permit.when.principal", "context.permit.when.principal" },
        { "context has a.b.c", "context has a.b.c" },
        { "context has \"a.b\"", "context has \"a.b\"" },
        { "context has\"a\"", "context has a" },
        { "{\"a\":1,b:2,}", "{a: 1, b: 2}" },
        { "[1,2,]", "[1, 2]" },
        { "principal is N :: T in [User :: \"a\" , ]", "principal is N::T in [User::\"a\"]" },
        { "\"\\x41\\u{42}\\u{0_0_4_3}\\'\"", "\"ABC'\"" },
        { "\"\u202e\"", "\"\\u{202e}\"" },
        { "context.a like \"a\\*b*\\u{2a}\"", "context.a like \"a\\*b**\"" },
        { "if true then if false then 1 else 2 else 3", "if true then if false then 1 else 2 else 3" },
        { "(if true then 1 else 2) + 1", "(if true then 1 else 2) + 1" },
        { "1 // comment\n + 1", "1 + 1" },
        { "ip(\"::1\").isInRange(ip(\"::/0\"))", "ip(\"::1\").isInRange(ip(\"::/0\"))" },
        { "(principal==principal)==true", "(principal == principal) == true" },
        { "\"a\".b", "\"a\".b" },
        { "principal::\"x\" == action::\"y\"", "principal::\"x\" == action::\"y\"" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void An_expression_prints_with_no_more_parentheses_than_it_needs(string written, string printed)
    {
        var expr = Cedar.Expression(written);
        Assert.Equal(printed, expr.ToString());
        Assert.Equal(expr, Cedar.Expression(printed));
    }

    [Theory]
    [InlineData("1 - 2 - 3", "1 - (2 - 3)")]
    [InlineData("-1", "-(1)")]
    [InlineData("context has a", "context.a")]
    [InlineData("context has a.b", "context has a.c")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("\"a\" like \"a*\"", "\"a\" like \"a\\*\"")]
    [InlineData("principal is T", "principal is T in T::\"a\"")]
    [InlineData("!true", "!false")]
    public void Expressions_that_are_built_differently_are_not_equal(string one, string other) => Assert.NotEqual(Cedar.Expression(one), Cedar.Expression(other));

    [Fact]
    public void T13_quoted_operators_are_text()
    {
        Assert.Equal("true", Cedar.Result("\"a or b && (c) // d\" like \"*or b && (c) // d\""));
        var set = Cedar.Policies("@note(\"permit(principal, action, resource);\") forbid(principal, action, resource) when { \"} ; permit\" == \"x\" };");
        Assert.Equal(Effect.Forbid, Assert.Single(set.Policies).Effect);
    }

    [Fact]
    public void Ids_count_policies_and_templates_together_in_the_order_of_the_source()
    {
        var set = Cedar.Policies("permit(principal, action, resource); permit(principal == ?principal, action, resource); forbid(principal, action, resource);");
        Assert.Equal(["policy0", "policy2"], set.Policies.Select(policy => policy.Id.Value));
        Assert.Equal("policy1", Assert.Single(set.Templates).Id.Value);
        Assert.Equal("x0", Assert.Single(Cedar.Policies("permit(principal, action, resource);", new ParseOptions { IdPrefix = "x" }).Policies).Id.Value);
    }

    [Fact]
    public void Ids_may_come_from_the_annotation_and_then_must_differ()
    {
        var options = new ParseOptions { IdFromAnnotation = true };
        var set = Cedar.Policies("@id(\"first\") permit(principal, action, resource); permit(principal, action, resource); @id permit(principal, action, resource);", options);
        Assert.Equal(["first", "policy1", "policy2"], set.Policies.Select(policy => policy.Id.Value));
        var twice = Cedar.Refusal("@id(\"a\") permit(principal, action, resource);\n@id(\"a\") forbid(principal, action, resource);", options);
        Assert.Contains("'a' is used twice", twice.Message);
        Assert.Equal(2, twice.Line);
    }

    [Fact]
    public void Annotations_keep_their_order_and_the_difference_between_bare_and_empty()
    {
        var policy = Assert.Single(Cedar.Policies("@b(\"x\") @a @in(\"\") permit(principal, action, resource);").Policies);
        Assert.Equal([new Annotation("b", "x"), new Annotation("a"), new Annotation("in", "")], policy.Annotations);
        Assert.Equal("", policy.Annotations.Find("a"));
        Assert.Null(policy.Annotations.Find("c"));
    }

    [Fact]
    public void Scopes_take_their_targets_in_parentheses_as_Cedar_does()
    {
        var set = Cedar.Policies("permit(principal in ((User::\"a\")), action in ([(Action::\"v\")]), resource == (?resource),);");
        var plain = Cedar.Policies("permit(principal in User::\"a\", action in [Action::\"v\"], resource == ?resource);");
        Assert.Equal(plain.Templates[0], set.Templates[0]);
    }

    [Fact]
    public void A_lint_can_walk_every_expression_with_its_place()
    {
        var policy = Assert.Single(Cedar.Policies("permit(principal, action, resource)\nwhen { context.a.b > 1 }\nunless { context has c };").Policies);
        var reads = policy.Body.Expressions.OfType<AttributeExpr>().Select(read => (read.Name, read.Position.Line));
        Assert.Equal([("b", 2), ("a", 2)], reads);
        Assert.Equal(7, policy.Body.Expressions.Count());
    }

    [Fact]
    public void An_annotation_made_in_code_cannot_smuggle_a_policy_into_the_text() =>
        Assert.Throws<ArgumentException>(() => new Annotation("a permit(principal, action, resource); @b"));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-(1)", 2)]
    [InlineData("context.a.b", 3)]
    [InlineData("[].isEmpty()", 2)]
    [InlineData("context has a", 2)]
    [InlineData("\"\" like \"\"", 2)]
    [InlineData("principal is T", 2)]
    [InlineData("ip(\"\")", 2)]
    [InlineData("1 + (2 + 3)", 3)]
    [InlineData("if true then [1] else {a: {b: 1}}", 4)]
    public void The_height_of_an_expression_is_that_of_its_highest_part_and_one(string expression, int height) =>
        Assert.Equal(height, Cedar.Expression(expression).Height);

    [Fact]
    public void The_place_of_an_expression_is_its_own()
    {
        var negation = Assert.IsType<UnaryExpr>(Cedar.Expression(" !(true)"));
        Assert.Equal((2, 4), (negation.Position.Column, negation.Operand.Position.Column));
    }
}
