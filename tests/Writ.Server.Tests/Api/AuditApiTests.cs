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
}
