using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class EnrolmentsApiTests
{
    private const string Hello = """{"name":"nightly","framework":"langgraph"}""";

    [Fact]
    public async Task What_an_agent_says_when_it_introduces_itself_is_claimed_and_gives_it_nothing()
    {
        await using var writ = await RunningServer.StartAsync();
        var (token, id) = await OfferAsync(writ);
        Assert.Equal(id, (await writ.SendAsync("GET", "/v1/enrolments", writ.Person)).Body!["enrolments"]![0]!["id"]!.GetValue<string>());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=me", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var body = new JsonObject { ["name"] = "nightly", ["framework"] = "langgraph", ["model"] = "m-1", ["version"] = "7", ["request"] = request };
        foreach (var (member, value) in new (string, JsonNode)[] { ("grants", new JsonArray("desk/*")), ("owner", "administrator"), ("lifecycle", "active"), ("name", "a\u200bb"), ("framework", ""), ("request", "x") })
        {
            var wrong = body.DeepClone().AsObject();
            wrong[member] = value;
            Assert.Equal(400, (await writ.SendAsync("POST", "/v1/enrol", token, wrong.ToJsonString())).Status);
        }

        var (status, enrolled, _) = await writ.SendAsync("POST", "/v1/enrol", token, body.ToJsonString());
        Assert.Equal(201, status);
        Assert.Equal("draft", enrolled!["lifecycle"]!.GetValue<string>());
        Assert.EndsWith("/agent/" + enrolled["agent"], enrolled["spiffe_id"]!.GetValue<string>(), StringComparison.Ordinal);
        var agent = (await writ.SendAsync("GET", $"/v1/agents/{enrolled["agent"]}", writ.Person)).Body!["agent"]!;
        Assert.Equal(("1", "unstated", "billing", "staging", "draft", 0), (
            agent["version"]!.GetValue<string>(), agent["model"]!.GetValue<string>(), agent["team"]!.GetValue<string>(), agent["environment"]!.GetValue<string>(),
            agent["lifecycle"]!.GetValue<string>(), agent["grants"]!.AsArray().Count));
        Assert.Equal(("enrolment", "m-1", "7"), (agent["origin"]!["source"]!.GetValue<string>(), agent["origin"]!["claims"]!["model"]!.GetValue<string>(), agent["origin"]!["claims"]!["version"]!.GetValue<string>()));
        var credential = Assert.Single((await writ.SendAsync("GET", $"/v1/agents/{enrolled["agent"]}/credentials", writ.Person)).Body!["credentials"]!.AsArray())!;
        Assert.Equal(enrolled["credential"]!.GetValue<string>(), credential["id"]!.GetValue<string>());
        Assert.Empty((await writ.SendAsync("GET", "/v1/enrolments", writ.Person)).Body!["enrolments"]!.AsArray());
    }

    [Fact]
    public async Task Wrong_used_expired_and_withdrawn_tokens_are_answered_alike()
    {
        await using var writ = await RunningServer.StartAsync();
        var (used, _) = await OfferAsync(writ);
        var (withdrawn, id) = await OfferAsync(writ);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/enrol", used, Hello)).Status);
        Assert.Equal(204, (await writ.SendAsync("POST", $"/v1/enrolments/{id}/withdraw", writ.Person, """{"reason":"x"}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/enrolments/{id}/withdraw", writ.Person, """{"reason":"x"}""")).Status);
        var answers = new List<string>();
        foreach (var token in new[] { used, withdrawn, used[..^1] + (used[^1] == 'A' ? 'B' : 'A'), "wae_none", "" })
        {
            var (status, _, response) = await writ.SendAsync("POST", "/v1/enrol", token, Hello);
            answers.Add($"{status} {response.Headers.WwwAuthenticate} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        Assert.StartsWith("401 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        for (var n = 0; n < 60; n++)
        {
            if ((await writ.SendAsync("POST", "/v1/enrol", used, Hello)).Status == 429)
                return;
        }

        Assert.Fail("nobody is slowed down");
    }

    [Fact]
    public async Task Two_who_use_a_token_at_once_are_told_as_one_who_never_had_it()
    {
        await using var writ = await RunningServer.StartAsync();
        var (token, _) = await OfferAsync(writ);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => writ.SendAsync("POST", "/v1/enrol", token, Hello)));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(5, answers.Count(answer => answer.Status == 401));
    }

    [Theory]
    [InlineData("""{"reason":""}""", 400)]
    [InlineData("""{"reason":"x","hours":0}""", 400)]
    [InlineData("""{"reason":"x","hours":169}""", 400)]
    [InlineData("""{"reason":"x","team":"A B"}""", 400)]
    [InlineData("""{"reason":"x","team":"writ"}""", 400)]
    [InlineData("""{"reason":"x","owner":"nobody"}""", 400)]
    [InlineData("""{"reason":"x","environment":"!"}""", 400)]
    [InlineData("""{"reason":"x","grants":[]}""", 400)]
    public async Task An_enrolment_that_makes_no_sense_is_not_offered(string body, int expected)
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.Equal(expected, (await writ.SendAsync("POST", "/v1/enrolments", writ.Person, body)).Status);
    }

    [Fact]
    public async Task Nobody_who_left_is_to_own_what_introduces_itself()
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"eve","capabilities":["app"]}""")).Status);
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/enrolments", writ.Person, """{"reason":"x","owner":"eve"}""")).Status);
        Assert.True((await writ.SendAsync("DELETE", "/v1/people/eve?reason=gone", writ.Person)).Status < 300);
        Assert.Equal(400, (await writ.SendAsync("POST", "/v1/enrolments", writ.Person, """{"reason":"x","owner":"eve"}""")).Status);
    }

    private static async Task<(string Token, string Id)> OfferAsync(RunningServer writ)
    {
        var (status, body, _) = await writ.SendAsync("POST", "/v1/enrolments", writ.Person, """{"reason":"x","team":"billing","environment":"staging"}""");
        Assert.Equal(201, status);
        return (body!["token"]!.GetValue<string>(), body["enrolment"]!["id"]!.GetValue<string>());
    }
}
