using Writ.Governance.Agents;
using Writ.Governance.Auditing;
using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class AuditApiTests
{
    [Fact]
    public async Task An_audit_is_for_those_who_read_the_agents_records_and_tells_what_was_given_lately_from_what_lies_idle()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        var (status, audit, _) = await writ.SendAsync("GET", $"/v1/agents/{id}/audit", writ.Person);
        Assert.Equal(200, status);
        var grant = Assert.Single(audit!["grants"]!.AsArray())!;
        Assert.Equal(("desk/*", "administrator", 0, null), (grant["grant"]!.GetValue<string>(), grant["granted_by"]!.GetValue<string>(), grant["findings"]!.AsArray().Count, grant["last_used"]));
        Assert.Equal(["desk/*"], audit["proposed"]!.AsArray().Select(text => text!.GetValue<string>()));
        Assert.Single(audit["credentials"]!.AsArray());

        var (_, eve, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app"]}""");
        var token = eve!["token"]!.GetValue<string>();
        Assert.Equal(404, (await writ.SendAsync("GET", $"/v1/agents/{id}/audit", token)).Status);
        await writ.SendAsync("PUT", $"/v1/agents/{id}/visibility", writ.Person, """{"visibility":"organization","reason":"x"}""");
        Assert.Equal(403, (await writ.SendAsync("GET", $"/v1/agents/{id}/audit", token)).Status);
    }

    [Fact]
    public async Task What_is_staged_says_when_it_leaves_and_is_gone_after_that_unless_somebody_keeps_it()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        var (id, _) = await writ.AgentAsync();
        var stage = $"/v1/agents/{id}/grants/stage";
        Assert.Equal(409, (await writ.SendAsync("POST", stage, writ.Person, """{"keep":["other/look"],"reason":"x"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", stage, writ.Person, """{"keep":["desk/look"],"reason":"clean-up"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", stage, writ.Person, """{"keep":["desk/look"],"reason":"again"}""")).Status);
        var (_, audit, _) = await writ.SendAsync("GET", $"/v1/agents/{id}/audit", writ.Person);
        Assert.Equal([("desk/*", true), ("desk/look", false)], audit!["grants"]!.AsArray().Select(grant => (grant!["grant"]!.GetValue<string>(), grant["leaves_at"] is not null)));

        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/grants/restore", writ.Person, """{"grant":"desk/look","reason":"x"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/grants/restore", writ.Person, """{"grant":"desk/*","reason":"needed"}""")).Status);
        Assert.Equal(200, (await writ.SendAsync("POST", stage, writ.Person, """{"keep":["desk/look"],"reason":"after all"}""")).Status);
        time.Advance(GrantOrigin.Stage);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/grants/restore", writ.Person, """{"grant":"desk/*","reason":"too late"}""")).Status);
        time.Advance(GrantStaging.Settling);
        while (await GrantsAsync(writ, id) is not ["desk/look"])
        {
            time.Advance(TimeSpan.FromSeconds(10));
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<string[]> GrantsAsync(RunningServer writ, string agent) =>
        [.. (await writ.SendAsync("GET", $"/v1/agents/{agent}", writ.Person)).Body!["agent"]!["grants"]!.AsArray().Select(grant => grant!.GetValue<string>())];
}
