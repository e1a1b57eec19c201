using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests.Syntax;

public sealed class DepthTests
{
    private const int SmallStack = 1 << 20;

    private static readonly ParseOptions Deepest = new() { MaxNesting = ParseOptions.NestingBound, MaxHeight = ParseOptions.HeightBound };

    /// <summary>What opens, what stands inside, what closes.</summary>
    public static TheoryData<string, string, string> Nestings => new()
    {
        { "(", "true", ")" },
        { "[", "", "]" },
        { "{a: ", "1", "}" },
        { "if true then ", "true", " else false" },
        { "if ", "true", " then true else false" },
        { "ip(", "\"::1\"", ")" },
        { "[].contains(", "1", ")" },
        { "!(", "true", ")" },
        { "-(", "1", ")" },
        { "true && (", "true", ")" },
        { "[{a: (", "1", ")}]" },
    };

    /// <summary>What stands first and what is added again and again.</summary>
    public static TheoryData<string, string> Chains => new()
    {
        { "true", " && true" },
        { "true", " || true" },
        { "1", " + 1" },
        { "1", " - 1" },
        { "1", " * 1" },
        { "context", ".a" },
        { "context", "[\"a\"]" },
        { "[]", ".isEmpty()" },
        { "[]", ".contains(1)" },
        { "ip(\"::1\")", ".isIpv4()" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Ten_thousand_levels_of_nesting_are_a_located_error(string open, string inside, string close)
    {
        const string Before = "permit(principal, action, resource) when { ";
        var source = Before + Repeat(open, 10_000) + inside + Repeat(close, 10_000) + " };";
        foreach (var options in new[] { ParseOptions.Default, Deepest })
        {
            var diagnostic = OnSmallStack(() => Cedar.Refusal(source, options));
            Assert.Contains("the limit guards the stack", diagnostic.Message);
            Assert.InRange(diagnostic.Column, Before.Length + 1, Before.Length + (open.Length * (options.MaxNesting + 2)));
        }
    }

    [Theory]
    [MemberData(nameof(Nestings))]
    public void The_deepest_nesting_that_is_accepted_needs_little_stack(string open, string inside, string close) => OnSmallStack(() =>
    {
        var brackets = open.Count(c => c is '(' or '[' or '{') - (open.StartsWith("[]", StringComparison.Ordinal) ? 1 : 0);
        var levels = (ParseOptions.NestingBound / Math.Max(brackets, 1)) - 2;
        Exercise($"permit(principal, action, resource) when {{ {Repeat(open, levels)}{inside}{Repeat(close, levels)} }};");
        return true;
    });

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_chain_of_fifty_thousand_operations_is_a_located_error(string first, string more)
    {
        var source = $"permit(principal, action, resource) when {{ {first}{Repeat(more, 50_000)} }};";
        var diagnostic = OnSmallStack(() => Cedar.Refusal(source, new ParseOptions { MaxBytes = 4 << 20 }));
        Assert.Contains("the limit guards the stack", diagnostic.Message);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void The_longest_chain_that_is_accepted_needs_little_stack(string first, string more) => OnSmallStack(() =>
    {
        Exercise($"permit(principal, action, resource) when {{ {first}{Repeat(more, ParseOptions.HeightBound - 2)} }};");
        return true;
    });

    [Fact]
    public void A_json_policy_as_high_as_the_limit_is_read_and_one_higher_is_refused() => OnSmallStack(() =>
    {
        Assert.True(PolicyJson.Read(JsonPolicy(ParseOptions.HeightBound - 1)).TryGet(out _, out _));
        Assert.False(PolicyJson.Read(JsonPolicy(ParseOptions.HeightBound)).TryGet(out _, out var problems));
        Assert.Contains("the limit guards the stack", Assert.Single(problems).Message);
        Assert.False(PolicyJson.Read(JsonPolicy(100_000)).TryGet(out _, out problems));
        Assert.Contains("depth", Assert.Single(problems).Message);
        return true;
    });

    [Fact]
    public void A_json_value_nested_deeper_than_the_limit_is_refused()
    {
        Assert.True(ValueJson.Read(Repeat("[", 100) + Repeat("]", 100)).TryGet(out _, out _));
        Assert.False(ValueJson.Read(Repeat("[", 101) + Repeat("]", 101)).TryGet(out _, out var problems));
        Assert.Contains("the limit guards the stack", Assert.Single(problems).Message);
        var inPolicy = JsonPolicy(1).Replace("true", Repeat("[", 2_000) + Repeat("]", 2_000), StringComparison.Ordinal);
        OnSmallStack(() => Assert.IsType<ParseResult<PolicyBody>.Failure>(PolicyJson.Read(inPolicy)));
    }

    [Fact]
    public void A_condition_built_in_code_keeps_the_same_limit()
    {
        Expr high = new LiteralExpr(true);
        for (var i = 1; i < ParseOptions.HeightBound; i++)
            high = new UnaryExpr(UnaryOperator.Not, high);
        Assert.Equal(ParseOptions.HeightBound, new Condition(ConditionKind.When, high).Body.Height);
        Assert.Throws<ArgumentException>(() => new Condition(ConditionKind.When, new UnaryExpr(UnaryOperator.Not, high)));
    }

    // Everything that recurses over an expression.
    private static void Exercise(string source)
    {
        var set = Cedar.Policies(source, Deepest);
        _ = Reference.Evaluate(set, Cedar.Request(), EntityStore.Empty);
        Assert.NotEmpty(Cedar.Policies(set.ToString(), Deepest).ToString());
        Assert.True(PolicyJson.ReadSet(PolicyJson.Write(set)).TryGet(out var again, out _));
        Assert.Equal(set.Policies[0], again.Policies[0]);
        Assert.Equal(set.Policies[0].GetHashCode(), again.Policies[0].GetHashCode());
        Assert.NotEmpty(set.Policies[0].Body.Expressions.ToList());
    }

    private static string JsonPolicy(int height) =>
        """{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"}, "conditions": [{"kind": "when", "body": """
        + Repeat("""{"!": {"arg": """, height) + """{"Value": true}""" + Repeat("}}", height) + "}]}";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static T OnSmallStack<T>(Func<T> body)
    {
        T? result = default;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = body();
                }
                catch (Exception exception)
                {
                    failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
