using System.Text;
using System.Text.RegularExpressions;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Testing;

namespace Writ.Governance.Tests.Controls;

public sealed class CapabilityTests
{
    private static readonly PersonId Pat = PersonId.Parse("pat");
    private static readonly TeamId Team = TeamId.Parse("team");

    [Fact]
    public void The_table_of_what_each_capability_permits_is_the_one_of_the_control_bundle()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "capabilities.md"));
        Assert.Contains(Table(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_of_one_team_operates_that_teams_agents_and_no_others_and_gives_them_nothing()
    {
        using var world = await World.WithAsync("");
        var (other, _) = await world.AddAgentAsync(TeamId.Parse("elsewhere"), "desk/look");
        AgentLifecycleChanged Stop(AgentId agent) => new(agent, AgentLifecycle.Suspended, "x");
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", Stop(world.Agent)));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new PersonCapabilitiesGiven(Pat, [PersonCapability.App], "on call", Team)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", Stop(other)));
        Assert.False(AgentRights.MayDiscover(world.State.People[Pat], world.State.Agents[other], world.Time.GetUtcNow()));
        Assert.True(AgentRights.MayDiscover(world.State.People[Pat], world.State.Agents[world.Agent], world.Time.GetUtcNow()));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", Stop(world.Agent)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentLifecycleChanged(world.Agent, AgentLifecycle.Active, "x")));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentGrantsChanged(world.Agent, [])));
        // A limited token of the same person has nothing of it.
        var limited = await world.Controls.TakeAsync(
            World.Organization, Pat, PersonPresence.Of(Presence.StoredToken) with { Scope = new TokenScope([PersonCapability.App]) }, _ => ControlPlan.Take(Stop(world.Agent)), CancellationToken.None);
        Assert.IsType<ControlOutcome.NotAllowed>(limited);

        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("ada", new PersonCapabilitiesTaken(Pat, [PersonCapability.App], "moved", Team)));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", Stop(world.Agent)));
        using var next = await world.RestartAsync();
        Assert.Empty(next.State.People[Pat].TeamCapabilities);
    }

    [Fact]
    public async Task Platform_of_one_team_registers_and_activates_agents_of_that_team_alone()
    {
        using var world = await World.WithAsync("");
        await world.TakeAsAsync("ada", new PersonCapabilitiesGiven(Pat, [PersonCapability.Platform], "x", Team));
        Agent Made(TeamId team) => World.Describe(AgentId.New(world.Time)) with { Team = team, Name = $"of {team}", Lifecycle = AgentLifecycle.Draft };
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("pat", new AgentRegistered(Made(Team))));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new AgentRegistered(Made(TeamId.Parse("elsewhere")))));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new ServerRegistered(World.DeskServer())));
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new PersonLeft(PersonId.Parse("sam"), "x")));
    }

    [Fact]
    public async Task Nobody_gives_themselves_a_capability_and_only_security_gives_any()
    {
        using var world = await World.WithAsync("");
        Assert.IsType<ControlOutcome.NotAllowed>(await world.TakeAsAsync("pat", new PersonCapabilitiesGiven(Pat, [PersonCapability.Security], "x")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonCapabilitiesGiven(PersonId.Parse("sam"), [PersonCapability.Platform], "x")));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonCapabilitiesGiven(Pat, [PersonCapability.Security], "x", Team)));
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("sam", new PersonCapabilitiesGiven(Pat, [PersonCapability.App], "x", TeamId.Parse("nowhere"))));
        Assert.IsType<ControlOutcome.Done>(await world.TakeAsAsync("sam", new PersonCapabilitiesGiven(Pat, [PersonCapability.DataProtection], "x")));
        Assert.Contains(PersonId.Parse("sam"), world.State.People[Pat].EmpoweredBy.Keys);
        Assert.IsType<ControlOutcome.Invalid>(await world.TakeAsAsync("ada", new PersonCapabilitiesTaken(PersonId.Parse("ada"), [PersonCapability.Platform], "the last")));
    }

    [Fact]
    public async Task A_limited_token_gives_no_capability()
    {
        using var world = await World.WithAsync("");
        var outcome = await world.Controls.TakeAsync(
            World.Organization, PersonId.Parse("sam"), PersonPresence.Of(Presence.StoredToken) with { Scope = new TokenScope([PersonCapability.Security]) },
            _ => ControlPlan.Take(new PersonCapabilitiesGiven(Pat, [PersonCapability.App], "x")), CancellationToken.None);
        Assert.IsType<ControlOutcome.NotAllowed>(outcome);
    }

    /// <summary>Every action that the bundle knows, and who may take it.</summary>
    private static string Table()
    {
        var bundle = File.ReadAllText(Repository.PathOf("src", "Writ.Governance", "Controls", "control.cedar"));
        var capabilities = Enum.GetValues<PersonCapability>();
        var table = new StringBuilder($"| `control/…` | everybody | {string.Join(" | ", capabilities.Select(capability => $"`{capability.Word()}`"))} | `app` of the team |\n| --- |{string.Concat(Enumerable.Repeat(" :-: |", capabilities.Length + 2))}\n");
        foreach (var action in Regex.Matches(bundle, "\"(control/[^\"]+)\"").Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal))
        {
            bool Permits(PersonCapability[] everywhere, PersonCapability[] ofTeam) => ControlPolicy.Permits(World.Organization, Pat, action, everywhere, ofTeam);
            var cells = new[] { Permits([], []) }.Concat(capabilities.Select(one => Permits([one], []))).Append(Permits([], [PersonCapability.App]));
            table.Append($"| `{action["control/".Length..]}` | {string.Join(" | ", cells.Select(permitted => permitted ? "x" : ""))} |\n");
        }

        return table.ToString();
    }
}
