using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Explaining;
using Writ.Governance.Policies.Levels;
using Writ.Governance.Policies.Linting;
using Writ.Governance.Policies.Proofs;

namespace Writ.Governance.Tests.Policies.Levels;

/// <summary>Bundles of an organization, of a team and of an agent, decided together by the governor.</summary>
public sealed class LevelTests
{
    private const string Nothing = "@id(\"none\") permit (principal, action, resource) when { false };";

    [Fact]
    public async Task A_teams_bundle_holds_for_its_own_agents_and_for_nobody_else()
    {
        using var world = await WorldAsync(World.PermitAll);
        await world.PublishAsync(Team("team", "@id(\"no-pay\") forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);"));
        await world.PublishAsync(Team("others", "@id(\"no-look\") forbid (principal is Writ::Agent, action == Writ::Action::\"tool/desk/look\", resource);"));
        Assert.Equal(Outcome.Deny, await PayAsync(world));
        Assert.Equal(Outcome.Allow, await LookAsync(world));
        var (_, stranger) = await world.AddAgentAsync(TeamId.Parse("others"), "desk/*");
        Assert.Equal(Outcome.Allow, await PayAsync(world, stranger));
        Assert.Equal(Outcome.Deny, await LookAsync(world, stranger));
    }

    [Fact]
    public async Task An_agents_bundle_holds_for_it_alone()
    {
        using var world = await WorldAsync(World.PermitAll);
        await world.PublishAsync(OfAgent(world, "forbid (principal, action, resource);"));
        Assert.Equal(Outcome.Deny, await LookAsync(world));
        var (_, colleague) = await world.AddAgentAsync("desk/*");
        Assert.Equal(Outcome.Allow, await LookAsync(world, colleague));
    }

    [Fact]
    public async Task A_lower_rule_that_fails_denies_only_those_for_whom_it_holds()
    {
        using var world = await WorldAsync(World.PermitAll);
        await world.PublishAsync(Team("others", "forbid (principal in Writ::Organization::\"default\", action == Writ::Action::\"tool/desk/pay\", resource) when { context.args.amount + 9223372036854775807 < 0 };"));
        Assert.Equal(Outcome.Allow, await PayAsync(world));
        var (_, stranger) = await world.AddAgentAsync(TeamId.Parse("others"), "desk/*");
        Assert.Equal("WRIT1003", Assert.IsType<Decision.Denied>(await world.CallAsync("pay", """{"amount":5}""", key: stranger)).Refusal.Reason.Code);
    }

    [Fact]
    public async Task A_teams_permit_counts_only_inside_what_the_organization_delegated()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(Team("team", "@id(\"all\") permit (principal, action, resource);"));
        Assert.Equal(Outcome.Deny, await LookAsync(world));

        await world.PublishAsync(House(Nothing, To("team/others", "tool/call"), To("agent", "tool/call"), To("team", "effect/read")));
        Assert.Equal(Outcome.Allow, await LookAsync(world));
        Assert.Equal(Outcome.Deny, await PayAsync(world));

        await world.PublishAsync(House(Nothing, To("team", "effect/read"), To("team/team", "tool/desk/pay")));
        Assert.Equal(Outcome.Allow, await PayAsync(world));
        Assert.Equal(Outcome.Deny, (await world.CallAsync("wipe")).Outcome);

        await world.PublishAsync(House(Nothing));
        Assert.Equal(Outcome.Deny, await LookAsync(world));
    }

    [Fact]
    public async Task A_delegation_permits_nothing_itself()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(House(Nothing, To("team", "tool/call"), To("agent", "tool/call")));
        Assert.Equal(Outcome.Deny, await LookAsync(world));
        await world.PublishAsync(Team("others", "permit (principal, action, resource);"));
        Assert.Equal(Outcome.Deny, await LookAsync(world));
    }

    [Fact]
    public async Task A_forbid_of_the_organization_applies_whatever_a_lower_bundle_permits()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(House("forbid (principal, action == Writ::Action::\"tool/desk/wipe\", resource);\n@discharge(\"approval\") @approvers(\"capability/app\") forbid (principal, action == Writ::Action::\"tool/desk/pay\", resource);", To("team", "tool/call")));
        await world.PublishAsync(Team("team", "permit (principal, action, resource);"));
        Assert.Equal(Outcome.Allow, await LookAsync(world));
        Assert.Equal(Outcome.RequireApproval, await PayAsync(world));
        Assert.Equal(Outcome.Deny, (await world.CallAsync("wipe")).Outcome);
    }

    [Fact]
    public async Task A_team_delegates_to_its_agents_only_inside_what_it_was_delegated_itself()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(OfAgent(world, "permit (principal, action, resource);"));
        var team = Team("team", "permit (principal, action, resource) when { false };") with { };
        await world.PublishAsync(team with { Manifest = team.Manifest with { Delegates = [To("agent", "effect/read", "effect/money")] } });
        Assert.Equal(Outcome.Deny, await LookAsync(world));

        await world.PublishAsync(House(Nothing, To("team", "effect/read", "effect/destroy")));
        Assert.Equal(Outcome.Allow, await LookAsync(world));
        Assert.Equal(Outcome.Deny, await PayAsync(world));
        Assert.Equal(Outcome.Deny, (await world.CallAsync("wipe")).Outcome);

        // What the organization delegates to agents counts without the team.
        await world.PublishAsync(House(Nothing, To($"agent/{world.Agent}", "tool/desk/pay")));
        Assert.Equal(Outcome.Allow, await PayAsync(world));
        Assert.Equal(Outcome.Deny, await LookAsync(world));
    }

    [Fact]
    public async Task Another_teams_delegation_does_not_reach_an_agent_that_is_not_in_it()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(House(Nothing, To("team", "tool/call")));
        await world.PublishAsync(OfAgent(world, "permit (principal, action, resource);"));
        var others = Team("others", "permit (principal, action, resource);");
        await world.PublishAsync(others with { Manifest = others.Manifest with { Delegates = [To("agent", "tool/call")] } });
        Assert.Equal(Outcome.Deny, await LookAsync(world));
    }

    [Fact]
    public async Task An_explanation_shows_the_area_as_a_clause_and_the_digest_sees_the_level()
    {
        using var world = await WorldAsync(Nothing);
        await world.PublishAsync(House(Nothing, To("team", "effect/read")));
        await world.PublishAsync(Team("team", "@id(\"all\") permit (principal, action, resource);"));
        var rule = Assert.Single(RuleExplainer.Explain(await world.RequestAsync("pay", """{"amount":5}""")), r => r.Rule.Name == "lower-team/all");
        Assert.Equal(RuleFate.Unsatisfied, rule.Fate);
        Assert.Contains("""action in [Writ::Action::"effect/read"]""", Assert.Single(rule.Clauses).Text);
        var (team, others) = (Team("team", World.PermitAll), Team("others", World.PermitAll));
        Assert.NotEqual(team.Digest, (others with { Manifest = others.Manifest with { Name = team.Manifest.Name } }).Digest);
        Assert.Equal(World.Bundle(World.PermitAll).Digest, (World.Bundle(World.PermitAll) with { }).Digest);
    }

    [Theory]
    [InlineData("""{"level":"team"}""", "needs 'team'")]
    [InlineData("""{"level":"team","team":"A B"}""", "needs 'team'")]
    [InlineData("""{"level":"team","team":"a","agent":"01990000-0000-7000-8000-000000000001"}""", "needs 'team'")]
    [InlineData("""{"level":"agent","agent":"helper"}""", "needs 'agent'")]
    [InlineData("""{"team":"a"}""", "stand only beside")]
    [InlineData("""{"level":"organization","agent":"01990000-0000-7000-8000-000000000001"}""", "stand only beside")]
    [InlineData("""{"delegates":[{"to":"everybody","actions":["tool/call"]}]}""", "delegates[0]: to:")]
    [InlineData("""{"delegates":[{"to":"team/A","actions":["tool/call"]}]}""", "delegates[0]: to:")]
    [InlineData("""{"delegates":[{"to":"team","actions":[]}]}""", "delegates[0]: actions:")]
    [InlineData("""{"delegates":[{"to":"agent","actions":["tool/call"]},{"to":"team","actions":["effect/reed"]}]}""", "delegates[1]: actions: 'effect/reed'")]
    [InlineData("""{"level":"team","team":"a","delegates":[{"to":"team","actions":["tool/call"]}]}""", "delegates to agents only")]
    [InlineData("""{"level":"agent","agent":"01990000-0000-7000-8000-000000000001","delegates":[{"to":"agent","actions":["tool/call"]}]}""", "nobody to delegate to")]
    public void A_level_that_names_nobody_or_a_delegation_downward_to_nobody_is_refused(string change, string says)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse("""{"name":"b","version":"1","tier":"soft"}""")!.AsObject();
        foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
            node[member] = value?.DeepClone();
        var manifest = System.Text.Json.JsonSerializer.Deserialize<BundleManifest>(node.ToJsonString(), Writ.Governance.Records.StrictJson.Options)!;
        var problem = Assert.Single(BundlePublication.Problems(new BundleArchive(manifest, [new BundleFile("a.cedar", World.PermitAll)])));
        Assert.Equal("bundle.json", problem.File);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_for_a_team_or_an_agent_that_there_is_not_is_not_published()
    {
        using var world = await WorldAsync(Nothing);
        Assert.Contains("no such team", Assert.Single(BundlePublication.ProblemsOfPublishing(world.State, Team("nobody", World.PermitAll))).Message);
        Assert.Empty(BundlePublication.ProblemsOfPublishing(world.State, Team("team", World.PermitAll)));
        await world.TakeAsync(new TeamCreated(TeamId.Parse("nobody"), "Nobody yet"));
        Assert.Empty(BundlePublication.ProblemsOfPublishing(world.State, Team("nobody", World.PermitAll)));
        var stranger = OfAgent(world, World.PermitAll);
        Assert.Empty(BundlePublication.ProblemsOfPublishing(world.State, stranger));
        Assert.Contains("no such agent", Assert.Single(BundlePublication.ProblemsOfPublishing(
            world.State, stranger with { Manifest = stranger.Manifest with { Agent = "01990000-0000-7000-8000-000000000001" } })).Message);
    }

    [Fact]
    public async Task A_proof_sees_levels_and_delegations()
    {
        using var world = await WorldAsync(Nothing);
        var team = Team("team", "permit (principal, action, resource);");
        ProofAnswer Ask(string question, params AreaDelegation[] delegates) => Prover.Answer(question, [House(Nothing, delegates), team], world.State);
        Assert.IsType<ProofAnswer.Proved>(Ask("never tool/desk/pay"));
        Assert.IsType<ProofAnswer.Proved>(Ask("never tool/desk/pay", To("team", "effect/read")));
        Assert.IsType<ProofAnswer.Refuted>(Ask("never tool/desk/look", To("team", "effect/read")));
        Assert.IsType<ProofAnswer.Refuted>(Ask("never tool/desk/pay", To("team/team", "effect/money")));
        Assert.IsType<ProofAnswer.Proved>(Ask("never tool/desk/pay", To("team/others", "effect/money")));
    }

    [Fact]
    public async Task Linting_says_that_a_permit_counts_nowhere_until_something_is_delegated()
    {
        using var world = await WorldAsync(Nothing);
        var bundle = Team("team", "@id(\"all\") permit (principal, action in Writ::Action::\"effect/read\", resource);");
        Assert.Contains(Linter.Lint(bundle, world.State, null), f => f is { Check: "undelegated", Rule: "lower-team/all" });
        await world.PublishAsync(House(Nothing, To("team", "effect/read")));
        Assert.DoesNotContain(Linter.Lint(bundle, world.State, null), f => f.Check == "undelegated");
        Assert.DoesNotContain(Linter.Lint(bundle, null, null), f => f.Check == "undelegated");
    }

    private static async Task<World> WorldAsync(string policy)
    {
        var world = await World.WithAsync("");
        await world.PublishAsync(House(policy));
        return world;
    }

    private static BundleArchive House(string policy, params AreaDelegation[] delegates)
    {
        var bundle = World.Bundle(policy, name: "house");
        return delegates.Length == 0 ? bundle : bundle with { Manifest = bundle.Manifest with { Delegates = [.. delegates] } };
    }

    private static AreaDelegation To(string to, params string[] actions) => new() { To = to, Actions = [.. actions] };

    private static BundleArchive Team(string team, string policy)
    {
        var bundle = World.Bundle(policy, name: $"lower-{team}");
        return bundle with { Manifest = bundle.Manifest with { Level = BundleLevel.Team, Team = team } };
    }

    private static BundleArchive OfAgent(World world, string policy)
    {
        var bundle = World.Bundle(policy, name: "lower-agent");
        return bundle with { Manifest = bundle.Manifest with { Level = BundleLevel.Agent, Agent = world.Agent.ToString() } };
    }

    private static async Task<Outcome> LookAsync(World world, string? key = null) => (await world.CallAsync("look", key: key)).Outcome;

    private static async Task<Outcome> PayAsync(World world, string? key = null) => (await world.CallAsync("pay", """{"amount":5}""", key: key)).Outcome;
}
