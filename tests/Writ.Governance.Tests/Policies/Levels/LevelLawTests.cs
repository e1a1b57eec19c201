using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Levels;
using Writ.Governance.Registry;
using Outcome = Writ.Governance.Decisions.Outcome;

namespace Writ.Governance.Tests.Policies.Levels;

/// <summary>The laws of composition over generated bundles of three levels, for an agent of a team and for one outside it.</summary>
public sealed class LevelLawTests
{
    private static readonly string[] Scopes = ["principal", "principal is Writ::Agent", "principal in Writ::Team::\"team\"", "principal in Writ::Team::\"others\"", "principal in Writ::Organization::\"default\""];

    private static readonly string[] Actions = ["tool/call", "effect/read", "effect/write", "effect/money", "server/desk", "server/other", "tool/desk/look", "tool/desk/any", "tool/desk/wipe"];

    private static readonly string[] Conditions = ["", "when { false }", "when { context.args.missing == 1 }", "when { context.args has n && context.args.n > 5 }", "unless { context.args has n }"];

    private static readonly string[] Forbids =
    [
        "forbid ", "@discharge(\"approval\") @approvers(\"capability/app\") forbid ", "@discharge(\"remediation\") @remedy(\"look()\") forbid ",
        "@discharge(\"constraint\") @constraint(\"timeout 5s\") forbid ",
    ];

    private static readonly (string Tool, string Arguments)[] Calls =
        [("look", "{}"), ("look", """{"n":7}"""), ("note", """{"text":"x"}"""), ("pay", """{"amount":7}"""), ("wipe", "{}"), ("any", """{"n":1}"""), ("any", """{"n":9}""")];

    private static Gen<string> Rule(params string[] heads) =>
        from head in Gen.Elements(heads) from scope in Gen.Elements(Scopes) from action in Gen.Elements(Actions) from condition in Gen.Elements(Conditions)
        select $"{head}({scope}, action in Writ::Action::\"{action}\", resource) {condition};";

    private static Gen<string> Rules(params string[] heads) => Gen.ListOf(Rule(heads)).Select(rules => string.Join('\n', rules.Take(4).Append("permit (principal, action, resource) when { false };")));

    private static Gen<AreaDelegation[]> Delegations(params string[] to) =>
        Gen.ListOf(from one in Gen.Elements(to) from first in Gen.Elements(Actions) from second in Gen.Elements(Actions) select new AreaDelegation { To = one, Actions = [.. new[] { first, second }.Distinct()] })
            .Select(all => all.Take(3).ToArray());

    private static Arbitrary<Bundles> Worlds =>
        (from house in Rules([.. Forbids, "permit ", "permit "])
         from toAll in Delegations("team", "team/team", "team/others", "agent")
         from team in Rules([.. Forbids, "permit ", "permit ", "permit "])
         from toAgents in Delegations("agent")
         from agent in Rules([.. Forbids, "permit ", "permit ", "permit "])
         from call in Gen.Elements(Calls)
         select new Bundles(house, toAll, team, toAgents, agent, call)).ToArbitrary();

    [Fact]
    public async Task A_lower_bundle_never_loosens_outside_what_was_delegated()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        Prop.ForAll(Worlds, bundles =>
        {
            var (with, without) = (Judge(world, bundles, [House, Team, Agent]), Judge(world, bundles, [House]));
            return with >= without || IsDelegated(world, bundles);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task A_forbid_of_the_organization_always_applies()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        Prop.ForAll(Worlds, bundles =>
        {
            // Were everything permitted, the organization's forbids alone would decide: nothing lower gets below that.
            var generous = bundles with { HousePolicy = bundles.HousePolicy + "\n@id(\"everything\") permit (principal, action, resource);" };
            return Judge(world, bundles, [House, Team, Agent]) >= Judge(world, generous, [House]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task A_bundle_of_another_team_changes_nothing()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        Prop.ForAll(Worlds, bundles => Judge(world, bundles, [House, Others]) == Judge(world, bundles, [House])).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task A_lower_forbid_never_loosens_and_a_lower_permit_never_tightens()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        Prop.ForAll(Worlds, Rule(Forbids).ToArbitrary(), Rule("permit ").ToArbitrary(), (bundles, forbid, permit) =>
        {
            var outcome = Judge(world, bundles, [House, Team, Agent]);
            return Judge(world, bundles with { TeamPolicy = bundles.TeamPolicy + "\n" + forbid }, [House, Team, Agent]) >= outcome
                && Judge(world, bundles with { TeamPolicy = bundles.TeamPolicy + "\n" + permit }, [House, Team, Agent]) <= outcome;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task What_permits_is_what_the_definition_says_permits()
    {
        using var world = await World.WithAsync("");
        await world.CallAsync("look");
        var seen = new HashSet<(bool, bool)>();
        Prop.ForAll(Worlds, bundles =>
        {
            // Each level by itself, without forbids and with its text as the organization's: does one of its permits hold for this call?
            bool Holds(string policy) => Judge(world, bundles with { HousePolicy = PermitsOf(policy), ToAll = [] }, [House]) == Outcome.Allow;
            var expected = Holds(bundles.HousePolicy)
                || (Holds(bundles.TeamPolicy) && Covers(world, bundles, bundles.ToAll, "team", "team/team"))
                || (Holds(bundles.AgentPolicy) && IsDelegatedToAgent(world, bundles));
            var actual = Judge(world, bundles with { HousePolicy = PermitsOf(bundles.HousePolicy), TeamPolicy = PermitsOf(bundles.TeamPolicy), AgentPolicy = PermitsOf(bundles.AgentPolicy) }, [House, Team, Agent]) == Outcome.Allow;
            seen.Add((expected, Holds(bundles.HousePolicy)));
            return actual == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
        Assert.Contains((true, false), seen);
        Assert.Contains((false, false), seen);
    }

    private static string PermitsOf(string policy) => string.Join('\n', policy.Split('\n').Where(rule => rule.StartsWith("permit", StringComparison.Ordinal)));

    private static bool IsDelegated(World world, Bundles bundles) => Covers(world, bundles, bundles.ToAll, "team", "team/team") || IsDelegatedToAgent(world, bundles);

    private static bool IsDelegatedToAgent(World world, Bundles bundles) =>
        Covers(world, bundles, bundles.ToAll, "agent")
        || (Covers(world, bundles, bundles.ToAgents, "agent") && Covers(world, bundles, bundles.ToAll, "team", "team/team"));

    private static bool Covers(World world, Bundles bundles, AreaDelegation[] delegations, params string[] to)
    {
        var tool = world.State.Tool(World.Desk, bundles.Call.Tool)!;
        string[] names = ["tool/call", $"effect/{tool.Classification!.Effect.ToString().ToLowerInvariant()}", "server/desk", tool.ActionName];
        return delegations.Any(d => to.Contains(d.To) && d.Actions.Any(names.Contains));
    }

    private static BundleArchive House(World world, Bundles b) => Archive("house", b.HousePolicy, m => b.ToAll.Length == 0 ? m : m with { Delegates = [.. b.ToAll] });

    private static BundleArchive Team(World world, Bundles b) =>
        Archive("lower-team", b.TeamPolicy, m => m with { Level = BundleLevel.Team, Team = "team", Delegates = b.ToAgents.Length == 0 ? null : [.. b.ToAgents] });

    private static BundleArchive Others(World world, Bundles b) =>
        Archive("lower-others", b.TeamPolicy, m => m with { Level = BundleLevel.Team, Team = "others", Delegates = b.ToAgents.Length == 0 ? null : [.. b.ToAgents] });

    private static BundleArchive Agent(World world, Bundles b) => Archive("lower-agent", b.AgentPolicy, m => m with { Level = BundleLevel.Agent, Agent = world.Agent.ToString() });

    private static BundleArchive Archive(string name, string policy, Func<BundleManifest, BundleManifest> with)
    {
        var bundle = World.Bundle(policy, name: name);
        return bundle with { Manifest = with(bundle.Manifest) };
    }

    private static Outcome Judge(World world, Bundles bundles, Func<World, Bundles, BundleArchive>[] levels)
    {
        var request = world.RequestAsync(bundles.Call.Tool, bundles.Call.Arguments).GetAwaiter().GetResult();
        var state = request.Organization;
        foreach (var archive in levels.Select(level => level(world, bundles)))
        {
            Assert.Empty(BundlePublication.Problems(archive));
            state = state.Publish(new PublishedBundle(archive.Manifest.Name, "1", archive.Digest.ToHex(), archive));
        }

        Assert.Null(state.Policy.Snapshot.Fault);
        return state.Policy.Snapshot.Judge(request.Facts, request.Tool!, request.Arguments).Outcome;
    }

    public sealed record Bundles(string HousePolicy, AreaDelegation[] ToAll, string TeamPolicy, AreaDelegation[] ToAgents, string AgentPolicy, (string Tool, string Arguments) Call);
}
