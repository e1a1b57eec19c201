using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Imports;
using Writ.Governance.People;

namespace Writ.Governance.Tests.Imports;

public sealed class ImportPlanTests
{
    private static readonly string Digest = new('d', 64);

    [Fact]
    public async Task A_list_becomes_drafts_in_few_records_and_goes_on_where_it_ended()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var list = List(world, 450);
        var half = ImportPlan.Of(world.State, Digest, list, out var problems);
        Assert.Empty(problems);
        Assert.Equal(450, half.Actions.Cast<AgentsImported>().Sum(record => record.Agents.Length));
        Assert.True(half.Actions.Count < 20, $"{half.Actions.Count} records");
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", half.Actions[0])); // as if the ledger took no more
        Assert.IsType<ControlOutcome.Done>(await ImportAsync(world, list));
        Assert.Equal(451, world.State.Agents.Count);
        Assert.Empty(ImportPlan.Of(world.State, Digest, list, out _).Actions);
        using var next = await world.RestartAsync();
        var draft = next.State.Agents[next.State.AgentsByName["imported 17"]];
        Assert.Equal((AgentLifecycle.Draft, AgentSource.Import, $"{Digest}:17", "x"), (draft.Lifecycle, draft.Origin!.Source, draft.Origin.Reference, draft.Origin.Claims["found"]));
    }

    [Fact]
    public async Task A_name_that_is_taken_stops_all_of_a_list()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var list = List(world, 5);
        list[2] = list[2] with { Agent = list[2].Agent with { Name = "agent" } };
        var plan = ImportPlan.Of(world.State, Digest, list, out var problems);
        Assert.Equal((3, true), (Assert.Single(problems).Line, plan.Obstacle is not null));
        Assert.IsType<ControlOutcome.Invalid>(await ImportAsync(world, list));
        Assert.Single(world.State.Agents);
    }

    [Fact]
    public async Task A_record_imports_nothing_but_drafts_without_rights_and_platform_alone_sends_it()
    {
        using var world = await World.WithAsync(World.PermitAll);
        var one = List(world, 1)[0];
        foreach (var agent in new[]
        {
            one.Agent with { Lifecycle = AgentLifecycle.Active }, one.Agent with { Grants = [new Grant(World.Desk, "look")] }, one.Agent with { Visibility = AgentVisibility.Global }, one.Agent with { Name = "agent" },
        })
            Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new AgentsImported(Digest, [one with { Agent = agent }])));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new AgentsImported("x", [one])));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentsImported(Digest, [one])));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new AgentsImported(Digest, [one])));
    }

    private static ImportedAgent[] List(World world, int count) => [.. Enumerable.Range(1, count).Select(line => new ImportedAgent(
        World.Describe(AgentId.New(world.Time)) with { Name = $"imported {line}", Lifecycle = AgentLifecycle.Draft }, line) { Claims = AgentOrigin.NoClaims.Add("found", "x") })];

    private static Task<ControlOutcome> ImportAsync(World world, ImportedAgent[] list) => world.Controls.TakeAsync(
        World.Organization, PersonId.Parse("ada"), Presence.BootstrapToken, state => ImportPlan.Of(state!, Digest, list, out _), CancellationToken.None);
}
