using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class OwnershipApiTests
{
    [Fact]
    public async Task An_agent_of_production_is_told_all_it_lacks_and_acts_once_it_has_it()
    {
        await using var writ = await RunningServer.StartAsync();
        var (status, refused, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"bare","environment":"production","grants":["desk/*"]}""");
        Assert.Equal((409, "WRIT3200"), (status, refused!["code"]!.GetValue<string>()));
        Assert.Equal(["backup_owner", "grants", "task_ceiling", "version"], refused["unmet"]!.AsArray().Select(text => text!.GetValue<string>().Split(':')[0]));
        await PersonAsync(writ, "kim");

        const string whole = """{"name":"whole","environment":"production","grants":["desk/look"],"backup_owner":"kim","model":"m-2026-10-01","task_ceiling":{"calls":3}}""";
        var (_, agent, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, whole);
        Assert.Equal(("active", 3), (agent!["agent"]!["lifecycle"]!.GetValue<string>(), agent["agent"]!["task_ceiling"]!["calls"]!.GetValue<long>()));
        var path = $"/v1/agents/{agent["agent"]!["id"]}";
        Assert.Equal(409, (await writ.SendAsync("PUT", path + "/backup-owner", writ.Person, """{"reason":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("PUT", path + "/ceiling", writ.Person, """{"reason":"x","nano_usd":5}""")).Status);
        var (_, moved, _) = await writ.SendAsync("PUT", path + "/ceiling", writ.Person, """{"reason":"x","calls":4,"nano_usd":5}""");
        Assert.Equal(5, moved!["agent"]!["task_ceiling"]!["nano_usd"]!.GetValue<long>());

        var (_, draft, _) = await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"draft","environment":"production","activate":false}""");
        var (later, problem, _) = await writ.SendAsync("POST", $"/v1/agents/{draft!["agent"]!["id"]}/activate", writ.Person, """{"reason":"go"}""");
        Assert.Equal((409, "WRIT3200"), (later, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_agent_changes_hands_by_two_people_and_keeps_its_id_and_key()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, key) = await writ.AgentAsync();
        var kim = await PersonAsync(writ, "kim");
        var path = $"/v1/agents/{id}";
        Assert.Equal(404, (await writ.SendAsync("POST", $"/v1/agents/{Guid.NewGuid()}/transfer", writ.Person, """{"to":"kim","reason":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", path + "/transfer", writ.Person, """{"to":"nobody","reason":"x"}""")).Status);
        Assert.Equal(404, (await writ.SendAsync("POST", path + "/transfer", kim, """{"to":"kim","reason":"mine"}""")).Status);
        var (_, offered, _) = await writ.SendAsync("POST", path + "/transfer", writ.Person, """{"to":"kim","reason":"moved"}""");
        Assert.Equal(("kim", "administrator"), (offered!["agent"]!["offer"]!["to"]!.GetValue<string>(), offered["agent"]!["owner"]!.GetValue<string>()));
        Assert.Equal(403, (await writ.SendAsync("POST", path + "/transfer/accept", writ.Person)).Status);
        var (_, taken, _) = await writ.SendAsync("POST", path + "/transfer/accept", kim);
        Assert.Equal((id, "kim", null), (taken!["agent"]!["id"]!.GetValue<string>(), taken["agent"]!["owner"]!.GetValue<string>(), taken["agent"]!["offer"]));
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/tasks", key, "{}")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", path + "/transfer/decline", kim, """{"reason":"x"}""")).Status);
    }

    [Fact]
    public async Task A_retired_agent_has_no_key_and_its_name_is_never_given_again()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, key) = await writ.AgentAsync();
        var (status, retired, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/retire", writ.Person, """{"reason":"replaced"}""");
        Assert.Equal((200, "retired", 0), (status, retired!["agent"]!["lifecycle"]!.GetValue<string>(), retired["agent"]!["grants"]!.AsArray().Count));
        Assert.Equal(401, (await writ.SendAsync("POST", "/v1/tasks", key, "{}")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/activate", writ.Person, """{"reason":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/keys", writ.Person)).Status);
        Assert.Equal(409, (await writ.SendAsync("PUT", $"/v1/agents/{id}/ceiling", writ.Person, """{"reason":"x","calls":4}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", "/v1/agents", writ.Person, """{"name":"helper","environment":"test"}""")).Status);
    }

    [Fact]
    public async Task The_causes_that_are_Writs_own_are_not_a_persons_to_state()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        foreach (var cause in new[] { "orphaned", "overdue-review", "because" })
            Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{id}/suspend", writ.Person, $$"""{"reason":"x","cause":"{{cause}}"}""")).Status);
        var (_, stopped, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/suspend", writ.Person, """{"reason":"odd","cause":"quarantine"}""");
        Assert.Equal(("quarantine", "administrator", "odd"), (Word(stopped!, "cause"), Word(stopped!, "by"), Word(stopped!, "reason")));
        Assert.Equal(200, (await writ.SendAsync("POST", $"/v1/agents/{id}/activate", writ.Person, """{"reason":"alone here"}""")).Status);
    }

    private static string Word(JsonObject answer, string member) => answer["agent"]!["suspension"]![member]!.GetValue<string>();

    private static async Task<string> PersonAsync(RunningServer writ, string name)
    {
        var (status, body, _) = await writ.SendAsync("POST", "/v1/people", writ.Person, $$"""{"name":"{{name}}","capabilities":["app"]}""");
        Assert.Equal(201, status);
        return body!["token"]!.GetValue<string>();
    }
}
