using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Policies.Typing;

/// <summary>What keeps a bundle from being published, and a tool from being admitted: rules that do not fit the vocabulary or the tools.</summary>
public sealed class BundleTypingTests
{
    private const string Pay = "principal, action == Writ::Action::\"tool/desk/pay\", resource";

    public static TheoryData<string, string> Wrong => new()
    {
        // The vocabulary.
        { "forbid (principal, action, resource) when { context.enviroment == \"production\" };", "no attribute enviroment: did you mean `environment`?" },
        { "permit (principal, action, resource) when { principal.rnig > 1 };", "Writ::Agent has no attribute rnig: did you mean `ring`?" },
        { "permit (principal, action, resource) when { resource.effct == \"read\" };", "did you mean `effect`?" },
        { "permit (principal is Writ::Agnet, action, resource);", "no entity type Writ::Agnet: did you mean `Writ::Agent`?" },
        { "forbid (principal, action in Writ::Action::\"effect/mony\", resource);", "effect/mony" },
        { "forbid (principal, action == Action::\"tool/desk/pay\", resource);", "Action::\"tool/desk/pay\"" },
        { "forbid (principal, action, resource) when { context.task.purpose == \"x\" };", "is optional: test for it first" },
        { "forbid (principal, action, resource) when { context.on_behalf_of == Writ::User::\"u\" };", "is optional" },
        { "forbid (principal, action, resource) when { context.claimed.purpose == \"x\" };", "is optional" },
        { "forbid (principal, action, resource) when { context.asserted.level > 3 };", "is optional" },
        { "forbid (principal, action, resource) when { context.risk_tags.contains(1) };", "never equal" },
        { "forbid (principal, action, resource) when { principal.environment in [\"production\"] };", "must be an entity" },
        { "forbid (principal, action, resource) when { principal.risk > \"3\" };", "order is defined between" },
        { "forbid (principal, action, resource) when { principal.owner.name == \"x\" };", "this looks into 2 entities, one behind another, and at most 1 is at hand" },
        { "forbid (principal, action, resource) when { Writ::Agent::\"a\" in Writ::Team::\"t\" };", "cannot be looked into" },

        // The tools.
        { $"forbid ({Pay}) when {{ context.args.amuont > 5 }};", "has no attribute amuont: did you mean `amount`? (in a call of desk/pay)" },
        { $"forbid ({Pay}) unless {{ context.args.amount like \"5\" }};", "must be String, and is Long" },
        { $"forbid ({Pay}) when {{ context.args.to == \"x\" }};", "the attribute to of {amount: Long, to?: String} is optional" },
        { $"forbid ({Pay}) when {{ context.args.amount > \"5\" }};", "order is defined between two Long" },
        { $"forbid ({Pay}) when {{ context.args.amount == \"5\" }};", "never equal" },
        { $"forbid ({Pay}) when {{ context.args.amount.greaterThan(decimal(\"5.0\")) }};", "must be decimal, and is Long" },
        { "forbid (principal, action == Writ::Action::\"tool/desk/wiep\", resource);", "did you mean" },
        { "forbid (principal, action in Writ::Action::\"effect/money\", resource) when { context.args.sum > 5 };", "has no attribute sum (in a call of desk/pay)" },
        { "forbid (principal, action, resource) when { context.args has amount && context.args.amount like \"5\" };", "(in a call of desk/pay)" },

        // A forbid for everything must not be able to fail.
        { "forbid (principal, action, resource) when { principal.risk * principal.trust > 5 };", "can exceed 64 bits" },
        { "forbid (principal, action in Writ::Action::\"tool/call\", resource) when { principal.risk + 1 > 5 };", "can exceed 64 bits" },
        { "forbid (principal, action, resource) when { -principal.risk < 5 };", "has no negative" },
    };

    public static TheoryData<string> Right =>
    [
        "forbid (principal, action, resource) when { context.environment == \"production\" };",
        "forbid (principal, action, resource) when { context.task has purpose && context.task.purpose == \"x\" };",
        "forbid (principal, action, resource) when { context.asserted has subject.level && context.asserted.subject.level > 3 };",
        "forbid (principal in Writ::Team::\"t\", action in Writ::Action::\"server/desk\", resource in Writ::Server::\"desk\");",
        $"forbid ({Pay}) when {{ context.args.amount * 2 > 5 }};",
        $"forbid ({Pay}) when {{ context.args has to && context.args.to == \"x\" }};",
        $"forbid ({Pay}) when {{ context.args has nothing && context.args.nothing.at.all }};",
        "forbid (principal, action, resource) when { context.args has amount && context.args has to && context.args.amount == 7 };",
        "permit (principal, action == Writ::Action::\"tool/desk/look\", resource) when { context.args has free && context.args.free == 1 };",
        "permit (principal, action == Writ::Action::\"tool/desk/print_the_yearly_report\", resource) when { context.args.pages < 5 };",
        "permit (principal, action == Writ::Action::\"tool/elsewhere/send\", resource) when { context.args.to like \"*@a.example\" && context.args.count < 5 };",
        "forbid (principal, action in Writ::Action::\"server/elsewhere\", resource) when { context.args.to like \"x\" };",
        "permit (principal, action in [Writ::Action::\"tool/desk/pay\", Writ::Action::\"tool/elsewhere/pay\"], resource) when { context.args.amount > 5 };",
        "forbid (principal, action in Writ::Action::\"effect/egress\", resource) when { context.args.body == \"x\" };",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_rule_that_does_not_fit_is_refused_where_it_stands_and_what_held_still_holds(string policy, string message)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var before = world.State.Policy.Snapshot.Digest;

        var problems = BundlePublication.Problems(world.State, World.Bundle("// a line before\n" + policy, name: "wrong"));

        Assert.NotEmpty(problems);
        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.True(problem is { File: "test.cedar", Line: 2, Column: > 0 }, problem.ToString()));
        Assert.Equal(before, world.State.Policy.Snapshot.Digest);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_rule_that_fits_is_published(string policy)
    {
        using var world = await World.WithAsync("");
        Assert.Empty(BundlePublication.Problems(world.State, World.Bundle(policy)));
    }

    [Theory]
    [InlineData("forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource) when { context.args.amount > 5 };")]
    [InlineData("forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource) when { context.args.amuont like \"5\" };")]
    [InlineData("forbid (principal, action in Writ::Action::\"effect/money\", resource) when { context.args.amount > 5 };")]
    public void Without_tools_arguments_are_what_a_rule_takes_them_for(string policy) => Assert.Empty(BundlePublication.Problems(World.Bundle(policy)));

    [Fact]
    public void Without_tools_the_vocabulary_is_held_to_all_the_same() =>
        Assert.Contains("did you mean `environment`?", Assert.Single(BundlePublication.Problems(World.Bundle("permit (principal, action, resource) when { context.enviroment == \"a\" };"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_place_that_fails_for_several_tools_is_one_problem()
    {
        using var world = await World.WithAsync("");
        var problem = Assert.Single(BundlePublication.Problems(world.State, World.Bundle("forbid (principal, action, resource) when { context.args.amount > 5 };")));
        Assert.EndsWith("(in a call of desk/any, and 3 more)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_active_rules_do_not_fit_is_quarantined_and_nothing_else_is_touched()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsync(new ServerRegistered(World.DeskServer()));
        await world.PublishAsync(World.PermitAll + "@id(\"large\") forbid (principal, action in Writ::Action::\"effect/money\", resource) when { context.args.amount > 5 };", BundleTier.Soft);

        await ShowAsync(world, """{"name":"look","inputSchema":{"type":"object"}}""", """{"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"string"}},"required":["amount"]}}""");

        Assert.Null(world.State.Tool(World.Desk, "look")!.Obstacle);
        Assert.Equal("the rule test/large does not fit it: test.cedar:2:90: order is defined between two Long, two datetime or two duration, not between String and Long", world.State.Tool(World.Desk, "pay")!.Obstacle);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look"));
        Assert.Equal("WRIT5001", Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":"1"}""")).Refusal.Reason.Code);

        // Shown again as it fits, or under rules that fit it, it is admitted.
        var records = world.ControlLog.Records.Count;
        await ShowAsync(world, """{"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"string"}},"required":["amount"]}}""");
        Assert.Equal(records, world.ControlLog.Records.Count);
        await ShowAsync(world, """{"name":"pay","inputSchema":{"type":"object","properties":{"amount":{"type":"integer"}},"required":["amount"]}}""");
        Assert.Null(world.State.Tool(World.Desk, "pay")!.Obstacle);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("pay", """{"amount":1}"""));
        Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":6}"""));
    }

    [Fact]
    public async Task Each_of_several_tools_is_quarantined_for_the_same_place()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsync(new ServerRegistered(World.DeskServer()));
        await world.PublishAsync("forbid (principal, action in [Writ::Action::\"tool/desk/look\", Writ::Action::\"tool/desk/wipe\", Writ::Action::\"tool/desk/gone\"], resource) when { context.args.path like \"x\" };", BundleTier.Soft);
        await ShowAsync(world, """{"name":"look","inputSchema":{"type":"object"}}""", """{"name":"wipe","inputSchema":{"type":"object"}}""", """{"name":"any","inputSchema":{"type":"object"}}""");
        Assert.Contains("is optional", world.State.Tool(World.Desk, "look")!.Obstacle, StringComparison.Ordinal);
        Assert.Contains("is optional", world.State.Tool(World.Desk, "wipe")!.Obstacle, StringComparison.Ordinal);
        Assert.Null(world.State.Tool(World.Desk, "any")!.Obstacle);
    }

    private static async Task ShowAsync(World world, params string[] definitions) =>
        Assert.Null(await new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, [.. definitions.Select(text => JsonElement.Parse(text))], CancellationToken.None));
}
