using Writ.Governance.Decisions;
using Writ.Governance.Policies.Remedies;

namespace Writ.Governance.Tests.Policies;

/// <summary>Safer variants: what they are made of, and that none is offered that would be refused.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData("same tool(n = 10)", """{"n":500,"kept":{"x":[1]}}""", """{"kept":{"x":[1]},"n":10}""")]
    [InlineData("same tool(to.region = 'eu', dry = true, n = 7)", """{"n":500,"to":{"region":"us","city":"x"}}""", """{"dry":true,"n":7,"to":{"city":"x","region":"eu"}}""")]
    [InlineData("same tool(ids = first(args.ids, 2), n = 1)", """{"n":500,"ids":["a",{"b":1},"c"]}""", """{"ids":["a",{"b":1}],"n":1}""")]
    [InlineData("same tool(r = only(args.r, 'eu', 'a, b'), n = 1)", """{"n":500,"r":["us","eu",5,"a, b","eu"]}""", """{"n":1,"r":["eu","a, b","eu"]}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public/docs'))", """{"n":500,"path":"/srv/"}""", """{"n":500,"path":"/srv/public/docs"}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public/docs'))", """{"n":500,"path":"/"}""", """{"n":500,"path":"/srv/public/docs"}""")]
    [InlineData("any(a.b = args.n, c = first(args.ids, 1))", """{"n":500,"ids":[1,2]}""", """{"a":{"b":500},"c":[1]}""")]
    public async Task A_remedy_changes_what_it_names_and_keeps_the_rest_of_the_same_call(string remedy, string arguments, string offered)
    {
        using var world = await World.WithAsync(World.PermitAll + Rule(remedy));
        var remedied = Assert.IsType<Decision.Remedied>(await world.CallAsync("wipe", arguments));
        Assert.Equal(offered, remedied.Remedy.Arguments.Value.GetRawText());
        Assert.Equal(remedy.StartsWith("same", StringComparison.Ordinal) ? "wipe" : "any", remedied.Remedy.Tool);
        Assert.IsType<Decision.Permitted>(await world.CallAsync(remedied.Remedy.Tool, offered));
        Assert.Equal(1, world.Dispatches.Count);
    }

    [Theory]
    [InlineData("same tool(ids = first(args.ids, 2), n = 1)", """{"n":500,"ids":[1,2]}""")]
    [InlineData("same tool(ids = first(args.ids, 2), n = 1)", """{"n":500,"ids":"abc"}""")]
    [InlineData("same tool(ids = first(args.ids, 2), n = 1)", """{"n":500}""")]
    [InlineData("same tool(r = only(args.r, 'eu'), n = 1)", """{"n":500,"r":["us"]}""")]
    [InlineData("same tool(n = 500)", """{"n":500}""")]
    [InlineData("same tool(n = 400)", """{"n":500}""")]
    [InlineData("same tool(n.x = 4)", """{"n":500}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public'), n = 1)", """{"n":500,"path":"/etc"}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public'), n = 1)", """{"n":500,"path":"/srv/public/other"}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public'), n = 1)", """{"n":500,"path":"/srv/pub"}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public'), n = 1)", """{"n":500,"path":"/srv/../srv"}""")]
    [InlineData("same tool(path = under(args.path, '/srv/public'), n = 1)", """{"n":500,"path":"srv"}""")]
    [InlineData("missing(n = 1)", """{"n":500}""")]
    [InlineData("pay(n = 1)", """{"n":500}""")]
    public async Task A_remedy_that_cannot_be_made_changes_nothing_or_would_be_refused_is_not_offered(string remedy, string arguments)
    {
        using var world = await World.WithAsync(World.PermitAll + Rule(remedy));
        Assert.Equal("WRIT1002", Assert.IsType<Decision.Denied>(await world.CallAsync("wipe", arguments)).Refusal.Reason.Code);
        Assert.Equal(0, world.Dispatches.Count);
    }

    [Theory]
    [InlineData("rate 1 per 1h by agent", "WRIT1002")]
    [InlineData("read_only", "WRIT1002")]
    [InlineData("max_cost 5", "WRIT1002")]
    [InlineData("max_amount n <= 1", null)]
    [InlineData("max_amount n <= 0.5", "WRIT1002")]
    public async Task A_remedy_is_held_to_the_limits_that_it_would_run_under(string constraint, string? code)
    {
        using var world = await World.WithAsync(World.PermitAll + Rule("same tool(n = 1)") + $"\n@discharge(\"constraint\") @constraint(\"{constraint}\") forbid (principal, action, resource);");
        if (constraint.StartsWith("rate", StringComparison.Ordinal))
        {
            Assert.IsType<Decision.Remedied>(await world.CallAsync("wipe", """{"n":500}"""));
            Assert.IsType<Decision.Permitted>(await world.CallAsync("wipe", """{"n":1}"""));
        }

        var decision = await world.CallAsync("wipe", """{"n":500}""");
        Assert.Equal(code, decision is Decision.Denied denied ? denied.Refusal.Reason.Code : null);
    }

    [Fact]
    public async Task The_next_remedy_is_tried_where_the_first_cannot_be_offered()
    {
        using var world = await World.WithAsync(
            World.PermitAll + Rule("same tool(ids = first(args.ids, 1), n = 1)").Replace("@discharge", "@id(\"a\") @discharge", StringComparison.Ordinal) + Rule("same tool(n = 2)"));
        Assert.Equal("""{"n":2}""", Assert.IsType<Decision.Remedied>(await world.CallAsync("wipe", """{"n":500}""")).Remedy.Arguments.Value.GetRawText());
        Assert.Equal("""{"ids":[1],"n":1}""", Assert.IsType<Decision.Remedied>(await world.CallAsync("wipe", """{"n":500,"ids":[1,2]}""")).Remedy.Arguments.Value.GetRawText());
    }

    [Theory]
    [InlineData("same tool()")]
    [InlineData("same  tool(n = 1)")]
    [InlineData("other tool(n = 1)")]
    [InlineData("same tool(n = 1, n = 2)")]
    [InlineData("same tool(n = 1, n.x = 2)")]
    [InlineData("same tool(n)")]
    [InlineData("same tool(n = first(args.n))")]
    [InlineData("same tool(n = first(args.n, 0))")]
    [InlineData("same tool(n = first('a', 2))")]
    [InlineData("same tool(n = only(args.n))")]
    [InlineData("same tool(n = only(args.n, eu))")]
    [InlineData("same tool(n = under(args.n, 'srv'))")]
    [InlineData("same tool(n = under(args.n, '/srv/../etc'))")]
    [InlineData("same tool(n = under(args.n, '/srv', '/etc'))")]
    [InlineData("same tool(n = last(args.n, 2))")]
    [InlineData("same tool(n = first(args.n, 2)")]
    [InlineData("same tool(n = 1.5)")]
    public void T02_a_remedy_that_is_not_understood_is_refused(string text) => Assert.Null(RemedyParser.Parse(text));

    private static string Rule(string remedy) =>
        $"\n@discharge(\"remediation\") @remedy(\"{remedy}\") forbid (principal, action == Writ::Action::\"tool/desk/wipe\", resource) when {{ context.args has n && context.args.n > 10 }} unless {{ (context.args has n && context.args.n <= 10) || (context.args has path && context.args.path == \"/srv/public/docs\") }};";
}
