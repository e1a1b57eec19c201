using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Tools;
using Writ.Identity.Delegation;

namespace Writ.Governance.Tests.Delegation;

public sealed class ChainGateTests
{
    [Fact]
    public async Task An_agent_without_grants_acts_under_a_chain_and_the_record_says_whose()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(2);
        Assert.Equal("WRIT3004", Code(await world.CallAsync("look", key: team.Agents[2].Credential)));
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain));

        var record = world.DecisionLog.Records[^1];
        Assert.Equal(2, record.GetProperty("chain_depth").GetInt32());
        Assert.Equal(3, record.GetProperty("chain").GetArrayLength());
        Assert.Equal("ada", record.GetProperty("chain_principal").GetString());
        Assert.Equal(team.Agents[2].Id.ToString(), record.GetProperty("agent").GetString());
        Assert.Contains("chain", record.GetProperty("gates").EnumerateArray().Select(gate => gate.GetString()));
    }

    [Fact]
    public async Task What_the_root_was_not_given_nobody_gets_from_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        Assert.NotNull(world.Delegations.Mint(world.State.Agents[team.Agents[1].Id], new MintRequest
        {
            Holder = team.Agents[1].Key.VerificationKey, Tools = DelegatedTools.Unconstrained("desk/look"), Life = TimeSpan.FromHours(1), MaxDepth = 1,
        }).Obstacle);
        var chain = await team.ChainAsync();
        Assert.Equal("WRIT3103", Code(await team.CallAsync(chain, "wipe")));

        // A grant that the root loses, all below it lose at once.
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain));
        await world.TakeAsync(new AgentGrantsChanged(team.Agents[0].Id, [new Grant(World.Desk, "note")]));
        Assert.Equal("WRIT3004", Code(await team.CallAsync(chain)));
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain, "note", """{"text":"a"}"""));
    }

    [Fact]
    public async Task Suspending_an_agent_in_the_middle_stops_all_that_descends_from_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world, 4);
        var chain = await team.ChainAsync(3);
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain));
        await world.TakeAsync(new AgentLifecycleChanged(team.Agents[1].Id, AgentLifecycle.Suspended, "looked odd"));
        Assert.Equal("WRIT3102", Code(await team.CallAsync(chain)));
        Assert.IsType<Decision.Permitted>(await team.CallAsync([chain[0]], agent: 0));
    }

    [Fact]
    public async Task T47_a_withdrawn_link_takes_all_that_descends_from_it_along_and_nothing_else()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(2);
        var middle = world.Delegations.Read(new PresentedChain([.. chain], null)).Verified!.Tokens[1].Hash;
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain));
        await world.TakeAsync(new DelegationRevoked(middle.ToHex(), "no longer"));
        Assert.Equal("WRIT3101", Code(await team.CallAsync(chain)));
        Assert.Equal("WRIT3101", Code(await team.CallAsync([.. chain.Take(2)])));
        Assert.IsType<Decision.Permitted>(await team.CallAsync([chain[0]]));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT3101", Code(await next.CallAsync("look", key: team.Agents[2].Credential, chain: team.Present(chain))));
    }

    [Fact]
    public async Task A_root_that_is_in_no_record_is_not_honoured_whoever_signed_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var (token, _, _) = world.Delegations.Mint(world.State.Agents[team.Agents[0].Id], new MintRequest
        {
            Holder = team.Agents[0].Key.VerificationKey, Tools = DelegatedTools.Unconstrained("desk/look"), Life = TimeSpan.FromHours(1), MaxDepth = 1,
        });
        Assert.Equal("WRIT3100", Code(await team.CallAsync([token!])));
    }

    [Fact]
    public async Task A_chain_is_its_last_agents_and_no_others()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(1);
        Assert.Equal("WRIT3100", Code(await world.CallAsync("look", key: team.Agents[2].Credential, chain: team.Present(chain))));
        Assert.Equal("WRIT3100", Code(await world.CallAsync("look", key: team.Agents[1].Credential, chain: team.Present(chain) with { Tokens = [chain[1]] })));
    }

    [Fact]
    public async Task A_proof_is_good_for_one_call()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(1);
        var once = team.Present(chain);
        Assert.IsType<Decision.Permitted>(await world.CallAsync("look", key: team.Agents[1].Credential, chain: once));
        Assert.Equal("WRIT3104", Code(await world.CallAsync("look", key: team.Agents[1].Credential, chain: once)));
        Assert.Equal("WRIT3104", Code(await world.CallAsync("look", key: team.Agents[1].Credential, chain: once with { Proof = null })));
        Assert.Equal("WRIT3104", Code(await world.CallAsync("look", """{"a":1}""", key: team.Agents[1].Credential, chain: team.Present(chain))));
    }

    [Fact]
    public async Task T22_concurrent_calls_of_all_that_descend_from_a_link_never_exceed_its_calls()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(2, root: request => request with { Calls = 5 });
        var sibling = chain.Take(2).ToList();
        var decisions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => team.CallAsync(i % 2 == 0 ? chain : sibling))));
        Assert.Equal(5, decisions.Count(decision => decision is Decision.Permitted));
        Assert.All(decisions.OfType<Decision.Denied>(), denied => Assert.Equal("WRIT3105", denied.Refusal.Reason.Code));
        using var next = await world.RestartAsync();
        Assert.Equal("WRIT3105", Code(await next.CallAsync("look", key: team.Agents[2].Credential, chain: team.Present(chain))));
    }

    [Fact]
    public async Task T30_money_is_drawn_against_every_link_and_an_unknown_price_is_refused()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(1, root: request => request with { Spend = new SpendLimit("USD", 100, 50) });
        Assert.Equal("WRIT4020", Code(await team.CallAsync(chain)));
        var priced = World.DeskServer();
        await world.TakeAsync(new ServerRegistered(priced with
        {
            Classifications = priced.Classifications.SetItem("look", priced.Classifications["look"] with { Price = new ToolPrice { CallNanoUsd = 40 } }),
        }));
        Assert.Null(await new ToolObservation(world.Controls).ObserveAsync(World.Organization, World.Desk, World.Definitions, CancellationToken.None));
        Assert.IsType<Decision.Permitted>(await team.CallAsync(chain));
        Assert.IsType<Decision.Permitted>(await team.CallAsync([chain[0]]));
        Assert.Equal("WRIT3105", Code(await team.CallAsync(chain)));
    }

    [Fact]
    public async Task A_link_is_handed_on_to_64_agents_and_no_more()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world, 2);
        var root = await team.ChainAsync(0);
        for (var i = 0; i < DelegationBook.MaxFanOut; i++)
            Assert.IsType<Decision.Permitted>(await team.CallAsync([root[0], team.Derive(root[0], 1)]));
        Assert.Equal("WRIT3105", Code(await team.CallAsync([root[0], team.Derive(root[0], 1)])));
    }

    [Fact]
    public async Task What_was_taken_for_a_call_that_was_not_permitted_leaves_nothing_behind()
    {
        using var world = await World.WithAsync(World.PermitAll + """@id("few") @discharge("constraint") @constraint("rate 1 per 60s by agent") forbid (principal, action in Writ::Action::"tool/call", resource);""");
        var team = await Team.OfAsync(world, 2);
        var root = await team.ChainAsync(0);
        Assert.IsType<Decision.Permitted>(await team.CallAsync([root[0], team.Derive(root[0], 1)]));
        for (var i = 0; i < DelegationBook.MaxFanOut; i++)
            Assert.Equal("WRIT4021", Code(await team.CallAsync([root[0], team.Derive(root[0], 1)])));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<Decision.Permitted>(await team.CallAsync([root[0], team.Derive(root[0], 1)]));
    }

    [Fact]
    public async Task T84_what_is_withdrawn_while_a_call_waits_for_others_is_not_permitted_any_more()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(2);
        var request = await world.RequestAsync("look", key: team.Agents[2].Credential, chain: team.Present(chain));
        Assert.True(world.Registry.StillHolds(request));
        await world.TakeAsync(new TeamCreated(Organizations.TeamId.Parse("else"), "Else"));
        Assert.True(world.Registry.StillHolds(request));
        var middle = request.Facts.Chain!.Verified!.Tokens[1].Hash;
        await world.TakeAsync(new DelegationRevoked(middle.ToHex(), "no longer"));
        Assert.False(world.Registry.StillHolds(request));

        var other = await world.RequestAsync("look", key: team.Agents[2].Credential, chain: team.Present(chain));
        await world.TakeAsync(new AgentLifecycleChanged(team.Agents[0].Id, AgentLifecycle.Suspended, "looked odd"));
        Assert.False(world.Registry.StillHolds(other));
    }

    [Fact]
    public async Task Policies_see_how_deep_a_chain_is()
    {
        using var world = await World.WithAsync(World.PermitAll + "forbid (principal, action in Writ::Action::\"tool/call\", resource) when { context.chain.depth > 1 };");
        var team = await Team.OfAsync(world);
        var chain = await team.ChainAsync(2);
        Assert.Equal("WRIT1002", Code(await team.CallAsync(chain)));
        Assert.IsType<Decision.Permitted>(await team.CallAsync([.. chain.Take(2)]));
    }

    private static string Code(Decision decision) => Assert.IsType<Decision.Denied>(decision).Refusal.Reason.Code;
}
