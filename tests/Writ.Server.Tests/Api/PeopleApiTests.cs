using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class PeopleApiTests
{
    [Fact]
    public async Task Who_leaves_is_out_at_the_next_request_and_the_backup_owner_is_told()
    {
        await using var writ = await RunningServer.StartAsync();
        var (kim, lee) = (await PersonAsync(writ, "kim", "platform"), await PersonAsync(writ, "lee", "app"));
        var (_, made, _) = await writ.SendAsync("POST", "/v1/agents", kim, """{"name":"backed","environment":"test","backup_owner":"lee"}""");
        var (_, alone, _) = await writ.SendAsync("POST", "/v1/agents", kim, """{"name":"alone","environment":"test"}""");
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{alone!["agent"]!["id"]}/grants", writ.Person, """{"grants":["desk/look"]}""")).Status);
        Assert.Equal("no-backup-owner", Assert.Single(await DutiesAsync(writ, kim))!["kind"]!.GetValue<string>());
        Assert.Equal(403, (await writ.SendAsync("DELETE", "/v1/people/kim?reason=gone", lee)).Status);
        Assert.Equal(400, (await writ.SendAsync("DELETE", "/v1/people/kim", writ.Person)).Status);
        Assert.Equal(404, (await writ.SendAsync("DELETE", "/v1/people/nobody?reason=gone", writ.Person)).Status);
        Assert.Equal(200, (await writ.SendAsync("GET", "/v1/people", kim)).Status);

        var (status, left, _) = await writ.SendAsync("DELETE", "/v1/people/kim?reason=another%20job", writ.Person);
        Assert.Equal((200, 0), (status, left!["capabilities"]!.AsArray().Count));
        Assert.NotNull(left["left_at"]);
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/people", kim)).Status);
        Assert.Equal(409, (await writ.SendAsync("DELETE", "/v1/people/kim?reason=again", writ.Person)).Status);
        var duty = Assert.Single(await DutiesAsync(writ, lee))!;
        Assert.Equal((made!["agent"]!["id"]!.GetValue<string>(), "took-over", "kim"), (duty["agent"]!.GetValue<string>(), duty["kind"]!.GetValue<string>(), duty["from"]!.GetValue<string>()));
        var (_, stopped, _) = await writ.SendAsync("GET", $"/v1/agents/{alone["agent"]!["id"]}", writ.Person);
        Assert.Equal("orphaned", stopped!["agent"]!["suspension"]!["cause"]!.GetValue<string>());

        var (_, audit, _) = await writ.SendAsync("GET", $"/v1/agents/{alone["agent"]!["id"]}/audit", writ.Person);
        Assert.Equal("nobody-answers", Assert.Single(audit!["grants"]![0]!["findings"]!.AsArray())!.GetValue<string>());

        // The name is nobody else's, and the person comes back with what somebody gives them.
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"kim"}""")).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", "/v1/people/kim/invite", writ.Person)).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", "/v1/people/kim/return", lee, """{"reason":"back"}""")).Status);
        var (_, back, _) = await writ.SendAsync("POST", "/v1/people/kim/return", writ.Person, """{"reason":"back","capabilities":["app"]}""");
        Assert.Equal(("app", null), (Assert.Single(back!["capabilities"]!.AsArray())!.GetValue<string>(), back["left_at"]));
        Assert.Equal(401, (await writ.SendAsync("GET", "/v1/people", kim)).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/people/kim/invite", writ.Person)).Status);
    }

    [Fact]
    public async Task A_limited_token_lets_nobody_return_and_the_last_administrator_stays()
    {
        await using var writ = await RunningServer.StartAsync();
        await PersonAsync(writ, "kim", "app");
        Assert.Equal(200, (await writ.SendAsync("DELETE", "/v1/people/kim?reason=x", writ.Person)).Status);
        var (_, token, _) = await writ.SendAsync("POST", "/v1/people/administrator/tokens", writ.Person, """{"label":"ci","capabilities":["security"]}""");
        Assert.Equal(403, (await writ.SendAsync("POST", "/v1/people/kim/return", token!["token"]!.GetValue<string>(), """{"reason":"back"}""")).Status);
        var (status, problem, _) = await writ.SendAsync("DELETE", "/v1/people/administrator?reason=x", writ.Person);
        Assert.Equal((409, "WRIT9105"), (status, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_invitation_that_waits_is_listed_and_taken_back_and_its_token_enrols_nobody()
    {
        await using var writ = await RunningServer.StartAsync();
        var (kim, lee) = (await PersonAsync(writ, "kim", "app"), await PersonAsync(writ, "lee", "app"));
        var (_, invited, _) = await writ.SendAsync("POST", "/v1/people/kim/invite", writ.Person);
        var token = invited!["token"]!.GetValue<string>();
        Assert.Equal(200, (await writ.SendAsync("POST", "/v1/enrolment/options", token, "{}")).Status);
        Assert.Equal(403, (await writ.SendAsync("GET", "/v1/people/kim/invitations", lee)).Status);
        var (_, waiting, response) = await writ.SendAsync("GET", "/v1/people/kim/invitations", kim);
        var id = Assert.Single(waiting!["invitations"]!.AsArray())!["id"]!.GetValue<string>();
        Assert.DoesNotContain(token, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(403, (await writ.SendAsync("DELETE", $"/v1/people/kim/invitations/{id}", lee)).Status);
        Assert.Equal(409, (await writ.SendAsync("DELETE", $"/v1/people/lee/invitations/{id}", writ.Person)).Status);
        var (status, left, _) = await writ.SendAsync("DELETE", $"/v1/people/kim/invitations/{id}?reason=wrong%20room", writ.Person);
        Assert.Equal((200, 0), (status, left!["invitations"]!.AsArray().Count));
        Assert.Equal(401, (await writ.SendAsync("POST", "/v1/enrolment/options", token, "{}")).Status);
        Assert.Equal(409, (await writ.SendAsync("DELETE", $"/v1/people/kim/invitations/{id}", kim)).Status);
    }

    [Fact]
    public async Task Capabilities_are_given_and_taken_everywhere_or_for_one_team()
    {
        await using var writ = await RunningServer.StartAsync();
        var kim = await PersonAsync(writ, "kim", "compliance");
        var (_, agent, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"biller","environment":"test","team":"billing"}""");
        var stop = $"/v1/agents/{agent!["agent"]!["id"]}/suspend";
        Assert.Equal(403, (await writ.SendAsync("POST", stop, kim, """{"reason":"odd"}""")).Status);
        Assert.Equal(403, (await writ.SendAsync("POST", "/v1/people/kim/capabilities/give", kim, """{"capabilities":["security"],"reason":"x"}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/people/kim/capabilities/give", writ.Person, """{"capabilities":["root"],"reason":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people/kim/capabilities/give", writ.Person, """{"capabilities":["app"],"team":"nowhere","reason":"x"}""")).Status);
        var (_, given, _) = await writ.SendAsync("POST", "/v1/people/kim/capabilities/give", writ.Person, """{"capabilities":["app"],"team":"billing","reason":"on call"}""");
        Assert.Equal("app", given!["team_capabilities"]!["billing"]![0]!.GetValue<string>());
        Assert.Equal(200, (await writ.SendAsync("POST", stop, kim, """{"reason":"odd"}""")).Status);
        var (_, taken, _) = await writ.SendAsync("POST", "/v1/people/kim/capabilities/take", writ.Person, """{"capabilities":["app"],"team":"billing","reason":"moved"}""");
        Assert.Null(taken!["team_capabilities"]);
        Assert.Equal(403, (await writ.SendAsync("POST", stop, kim, """{"reason":"odd"}""")).Status);
        (_, given, _) = await writ.SendAsync("POST", "/v1/people/kim/capabilities/give", writ.Person, """{"capabilities":["data_protection","product"],"reason":"appointed"}""");
        Assert.Equal(["compliance", "data_protection", "product"], given!["capabilities"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/people/administrator/capabilities/take", writ.Person, """{"capabilities":["security"],"reason":"x"}""")).Status);
    }

    private static async Task<JsonArray> DutiesAsync(RunningServer writ, string token) => (await writ.SendAsync("GET", "/v1/duties", token)).Body!["duties"]!.AsArray();

    private static async Task<string> PersonAsync(RunningServer writ, string name, string capability)
    {
        var (status, body, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, $$"""{"name":"{{name}}","capabilities":["{{capability}}"]}""");
        Assert.Equal(201, status);
        return body!["token"]!.GetValue<string>();
    }
}
