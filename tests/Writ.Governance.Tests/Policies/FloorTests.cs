using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Proofs;
using Writ.Identity.Tokens;
using Writ.Testing;

namespace Writ.Governance.Tests.Policies;

/// <summary>The floor for a trust that nobody states when an agent is registered, and for every call there could be.</summary>
public sealed class FloorTests
{
    private static BundleArchive Floor => Assert.IsType<BundleReading.Read>(BundleFolder.Read(Repository.PathOf("samples", "policies", "floor"))).Archive;

    [Theory]
    [InlineData(0, Outcome.Deny)]
    [InlineData(199, Outcome.Deny)]
    [InlineData(200, Outcome.Allow)]
    public async Task The_lowest_trust_reads_and_changes_nothing(int trust, Outcome changes)
    {
        using var world = await World.WithAsync(World.PermitAll);
        await world.PublishAsync(Floor);
        var agent = World.Describe(AgentId.New(world.Time)) with { Ring = 0, Grants = [new Grant(World.Desk, Grant.EveryTool)] };
        var key = world.Issuer.Issue(TokenKind.AgentKey);
        await world.TakeAsync(new AgentRegistered(agent), new AgentKeyIssued(agent.Id, key.KeyId, key.SecretHash, key.ExpiresAt));
        Assert.Equal(Outcome.Allow, await OutcomeAsync("look", "{}"));
        Assert.Equal(changes, await OutcomeAsync("note", """{"text":"x"}"""));
        Assert.Equal(changes, await OutcomeAsync("wipe", "{}"));

        async Task<Outcome> OutcomeAsync(string tool, string arguments)
        {
            var request = await world.RequestAsync(tool, arguments, key: key.Token);
            return (await world.Governor.DecideAsync(request with { Facts = request.Facts with { Agent = request.Facts.Agent with { Trust = trust } } })).Outcome;
        }
    }

    [Theory]
    [InlineData("never effect/write when principal.trust < 200")]
    [InlineData("never effect/money when principal.ring == 2")]
    [InlineData("never effect/destroy when principal.ring == 1 && resource.domain != principal.domain")]
    [InlineData("never tool/call without constraint ring when principal.ring >= 3")]
    public async Task Whatever_else_is_permitted_the_floor_is_proved(string question)
    {
        using var world = await World.WithAsync(World.PermitAll);
        var permits = World.Bundle(World.PermitAll);
        Assert.IsType<ProofAnswer.Proved>(Prover.Answer(question, [Floor, permits], world.State));
        Assert.IsType<ProofAnswer.Refuted>(Prover.Answer(question, [permits], world.State));
    }
}
