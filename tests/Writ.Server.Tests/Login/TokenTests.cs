using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.Login;

/// <summary>Tokens for programs: what they are limited to, and how they end.</summary>
public sealed class TokenTests
{
    private const string Own = "/v1/people/administrator/tokens";

    private static async Task<(string Id, string Token)> MakeAsync(Visitor program, JsonObject body, string? token, string? presence = null)
    {
        var made = await program.ExpectAsync(201, "POST", Own, body, token, presence);
        return (made["issued"]!["id"]!.GetValue<string>(), made["token"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_token_does_no_more_than_it_is_for_and_makes_none_that_does()
    {
        await using var writ = await RunningServer.StartAsync();
        var program = new Visitor(writ);
        var (_, app) = await MakeAsync(program, new JsonObject { ["label"] = "app", ["capabilities"] = new JsonArray("app", "platform") }, writ.Person);
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/teams", new JsonObject { ["name"] = "desk", ["display_name"] = "Desk" }, app);
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/people", new JsonObject { ["name"] = "kim" }, app);
        await program.ExpectAsync(201, "POST", "/v1/agents", new JsonObject { ["name"] = "helper", ["environment"] = "test" }, app);
        await program.RefusedAsync(403, "WRIT3154", "POST", Own, new JsonObject { ["label"] = "more" }, app);
        await program.RefusedAsync(403, "WRIT3154", "POST", Own, new JsonObject { ["label"] = "other", ["capabilities"] = new JsonArray("security") }, app);
        await program.ExpectAsync(201, "POST", Own, new JsonObject { ["label"] = "less", ["capabilities"] = new JsonArray("app") }, app);
        Assert.Equal(["app", "platform"], (await program.ExpectAsync(200, "GET", "/v1/login", token: app))["capabilities"]!.AsArray().Select(c => c!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task A_limited_token_makes_no_way_in_for_anybody()
    {
        await using var writ = await RunningServer.StartAsync();
        var program = new Visitor(writ);
        var (_, all) = await MakeAsync(program, new JsonObject { ["label"] = "all", ["capabilities"] = new JsonArray("app", "platform", "security", "compliance") }, writ.Person);
        // Not for its own person either: a passkey would be more than the token.
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/people/administrator/invite", token: all);
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/people", new JsonObject { ["name"] = "kim", ["capabilities"] = new JsonArray("security") }, all);
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/openid-providers",
            new JsonObject { ["name"] = "house", ["issuer"] = "https://id.example", ["client_id"] = "writ" }, all);
        await program.ExpectAsync(201, "POST", "/v1/people/administrator/invite", token: writ.Person);
    }

    [Fact]
    public async Task No_token_outlives_the_one_that_made_it_and_the_first_of_a_person_ends_too()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        var program = new Visitor(writ);
        var (_, brief) = await MakeAsync(program, new JsonObject { ["label"] = "brief", ["days"] = 1 }, writ.Person);
        var (_, child) = await MakeAsync(program, new JsonObject { ["label"] = "child", ["days"] = 365 }, brief);
        var first = (await program.ExpectAsync(201, "POST", "/v1/people", new JsonObject { ["name"] = "kim" }, writ.Person))["token"]!.GetValue<string>();
        time.Advance(TimeSpan.FromDays(1));
        await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: child);
        await program.ExpectAsync(200, "GET", "/v1/login", token: first);
        time.Advance(TimeSpan.FromDays(90));
        await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: first);
    }

    [Fact]
    public async Task A_token_that_only_reads_changes_nothing()
    {
        await using var writ = await RunningServer.StartAsync();
        var program = new Visitor(writ);
        var (_, reader) = await MakeAsync(program, new JsonObject { ["label"] = "report", ["read_only"] = true }, writ.Person);
        await program.ExpectAsync(200, "GET", "/v1/people", token: reader);
        await program.RefusedAsync(403, "WRIT3154", "POST", "/v1/teams", new JsonObject { ["name"] = "desk", ["display_name"] = "Desk" }, reader);
        await program.RefusedAsync(403, "WRIT3154", "POST", "/v1/kills", new JsonObject { ["scope"] = "everything", ["reason"] = "x" }, reader);
        await program.RefusedAsync(403, "WRIT3154", "PUT", "/v1/retention", new JsonObject(), reader);
        await program.RefusedAsync(403, "WRIT3154", "POST", Own, new JsonObject { ["label"] = "more" }, reader);
    }

    [Fact]
    public async Task T47_a_token_ends_by_its_time_and_by_being_revoked_and_neither_way_comes_back()
    {
        var time = new FakeTime();
        var folder = Directory.CreateTempSubdirectory("writ-server-").FullName;
        try
        {
            string brief, revoked, kept;
            await using (var writ = await RunningServer.StartAsync(folder, null, time))
            {
                var program = new Visitor(writ);
                (_, brief) = await MakeAsync(program, new JsonObject { ["label"] = "brief", ["days"] = 1 }, writ.Person);
                (var id, revoked) = await MakeAsync(program, new JsonObject { ["label"] = "lost" }, writ.Person);
                (_, kept) = await MakeAsync(program, new JsonObject { ["label"] = "kept" }, writ.Person);
                await program.ExpectAsync(200, "GET", "/v1/login", token: revoked);
                var list = await program.ExpectAsync(200, "GET", Own, token: writ.Person);
                Assert.NotNull(list["tokens"]!.AsArray().Single(t => t!["label"]?.GetValue<string>() == "lost")!["last_used_at"]);
                await program.ExpectAsync(200, "POST", $"{Own}/{id}/revoke", new JsonObject { ["reason"] = "a lost laptop" }, writ.Person);
                await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: revoked);
                await program.ExpectAsync(200, "GET", "/v1/login", token: brief);
                time.Advance(TimeSpan.FromDays(1));
                await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: brief);
                Assert.DoesNotContain("brief", (await program.ExpectAsync(200, "GET", Own, token: writ.Person)).ToJsonString(), StringComparison.Ordinal);
            }

            await using (var writ = await RunningServer.StartAsync(folder, null, time))
            {
                var program = new Visitor(writ);
                await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: revoked);
                await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: brief);
                await program.ExpectAsync(200, "GET", "/v1/login", token: kept);
                time.Advance(TimeSpan.FromDays(29));
                await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: kept);
                await program.ExpectAsync(200, "GET", "/v1/login", token: writ.Person);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("""{"label":"x","days":0}""")]
    [InlineData("""{"label":"x","days":366}""")]
    [InlineData("""{"label":""}""")]
    [InlineData("""{"label":"a\u0007b"}""")]
    [InlineData("""{"label":"x","capabilities":["root"]}""")]
    public async Task A_token_without_a_name_an_end_or_a_known_purpose_is_not_made(string body)
    {
        await using var writ = await RunningServer.StartAsync();
        await new Visitor(writ).RefusedAsync(400, "WRIT9101", "POST", Own, JsonNode.Parse(body), writ.Person);
    }

    [Fact]
    public async Task Nobody_makes_a_token_for_another_and_security_revokes_it()
    {
        await using var writ = await RunningServer.StartAsync();
        var program = new Visitor(writ);
        var kim = (await program.ExpectAsync(201, "POST", "/v1/people", new JsonObject { ["name"] = "kim", ["capabilities"] = new JsonArray("app") }, writ.Person))["token"]!.GetValue<string>();
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/people/kim/tokens", new JsonObject { ["label"] = "x" }, writ.Person);
        await program.RefusedAsync(403, "WRIT3006", "GET", Own, token: kim);
        var made = await program.ExpectAsync(201, "POST", "/v1/people/kim/tokens", new JsonObject { ["label"] = "x" }, kim);
        var id = made["issued"]!["id"]!.GetValue<string>();
        await program.RefusedAsync(409, "WRIT9105", "POST", $"{Own}/{id}/revoke", new JsonObject { ["reason"] = "x" }, writ.Person);
        await program.ExpectAsync(200, "POST", $"/v1/people/kim/tokens/{id}/revoke", new JsonObject { ["reason"] = "x" }, writ.Person);
        await program.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: made["token"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_has_a_passkey_makes_a_token_with_it_alone_and_the_token_stays_limited_when_a_passkey_signs_beside_it()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var body = new JsonObject { ["label"] = "cli", ["capabilities"] = new JsonArray("app") };
        await browser.RefusedAsync(403, "WRIT3151", "POST", Own, body.DeepClone());
        await browser.RefusedAsync(403, "WRIT3151", "POST", Own, body.DeepClone(), writ.Person);
        var (_, token) = await MakeAsync(browser, body, null, await browser.SignPresenceAsync(passkey, "POST", Own, body));

        var person = new JsonObject { ["name"] = "kim" };
        await browser.RefusedAsync(403, "WRIT3006", "POST", "/v1/people", person, token, await browser.SignPresenceAsync(passkey, "POST", "/v1/people", person, token));
    }
}
