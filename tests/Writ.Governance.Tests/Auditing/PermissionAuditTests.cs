using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Governance.Agents;
using Writ.Governance.Auditing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Querying;
using Writ.Governance.Registry;
using Writ.Governance.Tests.Querying;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Auditing;

public sealed class PermissionAuditTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Long = Now.AddDays(-200);

    [Fact]
    public async Task Ninety_simulated_days_find_exactly_the_planted_grants_and_propose_the_least_that_was_used()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        // look: every day. note: last 31 days ago. pay: never. wipe: given three days ago, never. any: refused all the time, permitted never.
        for (var day = 90; day >= 1; day--)
        {
            await ledger.DecideAsync(Day(day), "ALLOW", tool: "tool/desk/look");
            await ledger.DecideAsync(Day(day), "DENY", tool: "tool/desk/any");
            await ledger.DecideAsync(Day(day), "ALLOW", QueryLedger.Other, "tool/desk/pay", amount: "9");
        }

        await ledger.DecideAsync(Day(31), "ALLOW_WITH_CONSTRAINTS", tool: "tool/desk/note", amount: "12.50");
        await ledger.DecideAsync(Day(60), "ALLOW", tool: "tool/desk/note", amount: "3");
        var audit = Audit(ledger, world, Holding(world, ("look", Long), ("note", Long), ("pay", Long), ("wipe", Now.AddDays(-3)), ("any", Long)));

        Assert.Equal(
            [("look", ""), ("note", "Unused"), ("pay", "NeverUsed"), ("wipe", ""), ("any", "NeverUsed")],
            audit.Grants.Select(use => (use.Grant.Tool, string.Join(",", use.Findings))));
        Assert.Equal((30, 90L, Now.AddDays(-1)), (audit.Grants[0].Days, audit.Grants[0].Calls, audit.Grants[0].LastUsed));
        Assert.Equal((0, 2L, 3m, 12.5m, Now.AddDays(-31)), (audit.Grants[1].Days, audit.Grants[1].Calls, audit.Grants[1].LeastAmount, audit.Grants[1].MostAmount, audit.Grants[1].LastUsed));
        Assert.Equal(["desk/look", "desk/wipe"], audit.Proposed.Select(grant => grant.ToString()));
    }

    [Fact]
    public async Task A_grant_of_every_tool_is_wider_than_what_was_called_and_the_tools_that_were_are_proposed()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.DecideAsync(Day(2), "ALLOW", tool: "tool/desk/look");
        await ledger.DecideAsync(Day(40), "ALLOW", tool: "tool/desk/note");
        await ledger.DecideAsync(Day(2), "ALLOW", tool: "tool/desk-two/look");
        var wide = Assert.Single(Audit(ledger, world, Holding(world, ("*", Long))).Grants);
        Assert.Equal([GrantFinding.WiderThanUsed], wide.Findings);
        Assert.Equal(["look"], wide.Tools);
        Assert.Equal(2, wide.Calls);
        Assert.Equal(["desk/look"], Audit(ledger, world, Holding(world, ("*", Long))).Proposed.Select(grant => grant.ToString()));

        foreach (var tool in new[] { "note", "pay", "wipe", "any" })
            await ledger.DecideAsync(Day(1), "ALLOW", tool: $"tool/desk/{tool}");
        Assert.Empty(Assert.Single(Audit(ledger, world, Holding(world, ("*", Long))).Grants).Findings);
        Assert.Equal(["desk/*"], Audit(ledger, world, Holding(world, ("*", Long))).Proposed.Select(grant => grant.ToString()));
        Assert.Empty(Assert.Single(Audit(ledger, world, Holding(world, ("*", Now.AddDays(-29)))).Grants).Findings);
    }

    [Theory]
    [InlineData(29, 1, "")]
    [InlineData(30, 0, "Unused")]
    public async Task Thirty_days_are_thirty_days(int ago, int days, string found)
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.DecideAsync(Day(ago), "ALLOW", tool: "tool/desk/look");
        var use = Assert.Single(Audit(ledger, world, Holding(world, ("look", Long))).Grants);
        Assert.Equal(found, string.Join(",", use.Findings));
        Assert.InRange(use.Days, days, days + (ago == 30 ? 1 : 0));
    }

    [Fact]
    public async Task What_came_under_anothers_chain_used_no_grant_of_the_agents_own()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.AppendAsync(new JsonObject
        {
            ["action"] = "tool/desk/look", ["agent"] = QueryLedger.Helper, ["agent_version"] = "1.0.0", ["assurance"] = "low", ["at"] = QueryLedger.Noon(Day(1)),
            ["chain"] = new JsonArray(new string('a', 64)), ["chain_depth"] = 0, ["chain_principal"] = "ada", ["credential"] = "agk_1", ["door"] = "mcp", ["effect"] = "money",
            ["environment"] = "production", ["id"] = "019b2f6e-0000-7000-9000-0000000000c1", ["kind"] = "decision", ["outcome"] = "ALLOW", ["owner"] = "alice",
            ["task"] = "019b2f6e-0000-7000-8000-000000000001", ["us"] = 50, ["v"] = 1,
        });
        var audit = Audit(ledger, world, Holding(world, ("look", Long)));
        Assert.Equal([GrantFinding.NeverUsed], Assert.Single(audit.Grants).Findings);
        Assert.Empty(audit.Proposed);
    }

    [Fact]
    public async Task What_an_agent_holds_that_nobody_answers_for_is_found_with_all_it_holds()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.DecideAsync(Day(1), "ALLOW", tool: "tool/desk/look");
        var gone = Holding(world, ("look", Long)) with { Owner = PersonId.Parse("gone") };
        Assert.Equal([GrantFinding.NobodyAnswers], Assert.Single(Audit(ledger, world, gone).Grants).Findings);
        Assert.Equal([GrantFinding.NobodyAnswers], Assert.Single(Audit(ledger, world, gone with { BackupOwner = PersonId.Parse("gone-too") }).Grants).Findings);
        Assert.Empty(Assert.Single(Audit(ledger, world, gone with { BackupOwner = PersonId.Parse("ada") }).Grants).Findings);
    }

    [Fact]
    public async Task Keys_that_nobody_uses_are_found_and_young_ones_are_not()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.DecideAsync(Day(1), "ALLOW", tool: "tool/desk/look");
        var agent = Holding(world, ("look", Long));
        var keys = new[]
        {
            Key("agk_1", 40), Key("agk_2", 40), Key("agk_3", 10), Key("agk_4", 40) with { Revoked = true }, Key("agk_5", 90),
        };
        var registered = new AgentCredential
        {
            Id = "c1", Agent = agent.Id, Number = 0, Kind = CredentialKind.DidKey, Public = "did:key:z", CreatedBy = PersonId.Parse("ada"), CreatedAt = Now.AddDays(-40), ExpiresAt = Now.AddDays(50),
        };
        var audit = PermissionAuditor.Make(
            world.State with { AgentKeys = keys.ToImmutableDictionary(key => key.KeyId), AgentCredentials = AgentCredentials.None.With(registered).With(registered with { Id = "c2", Revoked = true }) }, agent, ledger.Index, Everything(world), ledger, Now, out _);
        Assert.Equal([("agk_1", 0), ("agk_2", 1), ("agk_3", 0), ("c1", 1)], audit!.Credentials.Select(key => (key.KeyId, key.Findings.Length)));
        Assert.Equal((Now.AddDays(-1), GrantFinding.NeverUsed), (audit.Credentials[0].LastUsed, audit.Credentials[1].Findings[0]));

        AgentKey Key(string id, int age) => new(id, agent.Id, "00", Now.AddDays(90 - age));
    }

    [Fact]
    public async Task Who_reads_ninety_days_back_is_told_so()
    {
        await using var ledger = await QueryLedger.OpenAsync();
        using var world = await World.SoloAsync();
        await ledger.DecideAsync(Day(100), "ALLOW", tool: "tool/desk/look");
        var agent = Holding(world, ("look", Long));
        Assert.Equal([GrantFinding.Unused], Assert.Single(Audit(ledger, world, agent).Grants).Findings);
        var platform = ReaderScope.Of(new Person(PersonId.Parse("opal"), "Opal", [PersonCapability.Platform]), [agent], Now);
        var audit = PermissionAuditor.Make(world.State, agent, ledger.Index, platform, ledger, Now, out _)!;
        Assert.Equal((GrantFinding.NeverUsed, Now - ReaderScope.EngineersReadBack), (audit.Grants[0].Findings[0], audit.Since));
    }

    [Fact]
    public async Task A_grant_keeps_its_date_while_the_agent_has_it()
    {
        using var world = await World.WithAsync("");
        var (look, note) = (new Grant(World.Desk, "look"), new Grant(World.Desk, "note"));
        var first = world.Time.GetUtcNow();
        await world.TakeAsAsync("ada", new AgentGrantsChanged(world.Agent, [look]));
        world.Time.Advance(TimeSpan.FromDays(5));
        await world.TakeAsAsync("sam", new AgentGrantsChanged(world.Agent, [note, look]));
        Assert.Equal((PersonId.Parse("ada"), first), (Granted(look).By, Granted(look).At));
        Assert.Equal((PersonId.Parse("sam"), first.AddDays(5)), (Granted(note).By, Granted(note).At));
        await world.TakeAsAsync("sam", new AgentGrantsChanged(world.Agent, [note]));
        await world.TakeAsAsync("sam", new AgentGrantsChanged(world.Agent, [look]));
        Assert.Equal(first.AddDays(5), Granted(look).At);
        using var next = await world.RestartAsync();
        Assert.Equal(Granted(look), next.State.Agents[world.Agent].Granted[look]);

        GrantOrigin Granted(Grant grant) => world.State.Agents[world.Agent].Granted[grant];
    }

    private static PermissionAudit Audit(QueryLedger ledger, World world, Agent agent)
    {
        var audit = PermissionAuditor.Make(world.State, agent, ledger.Index, Everything(world), ledger, Now, out var refused);
        Assert.Null(refused);
        return audit!;
    }

    private static ReaderScope Everything(World world) => ReaderScope.Of(world.State.People[PersonId.Parse("ada")], [], Now);

    private static Agent Holding(World world, params (string Tool, DateTimeOffset Since)[] grants) => World.Describe(AgentId.Parse(QueryLedger.Helper)) with
    {
        Grants = [.. grants.Select(grant => new Grant(World.Desk, grant.Tool))],
        Granted = grants.ToImmutableDictionary(grant => new Grant(World.Desk, grant.Tool), grant => new GrantOrigin(null, grant.Since)),
    };

    private static string Day(int ago) => Now.AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
