using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>A directory that says by SCIM who is here, beside a real OpenID provider with which its users log in.</summary>
public sealed class DirectoryTests
{
    [Fact]
    public async Task Whom_the_directory_adds_logs_in_and_whom_it_takes_away_is_out_at_the_next_request()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        Uri Named(string path) => new($"http://localhost:{writ.Address.Port}{path}");
        using var peer = await OpenIdPeer.StartAsync(Named("/o/default/login/corp/callback"), Named("/o/default/login/corp/logout"));
        await writ.PostAsync("/v1/openid-providers", new JsonObject { ["name"] = "corp", ["issuer"] = peer.Issuer, ["client_id"] = "writ", ["allowed_addresses"] = new JsonArray("127.0.0.1") });
        var let = await writ.PostAsync("/v1/directories", new JsonObject { ["label"] = "corp", ["provider"] = "corp", ["subject"] = "external_id" });
        using var directory = writ.Client(let.Word("token")!);

        // By the e-mail address nobody comes in, by the account that the directory and the provider both know alone.
        var user = await ScimAsync(directory, HttpMethod.Post, "/scim/v2/Users", """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"kim@corp.example","externalId":"kim-at-corp","emails":[{"value":"root-at-corp","primary":true}],"active":true}
            """);
        await OpenIdTests.LogInAsync(browser, Named("/login"), "root-at-corp");
        await browser.UntilAsync("location.pathname === '/login' && document.getElementById('status').textContent.includes('not accepted')");
        await browser.OpenAsync(new Uri(peer.Issuer + "/session/end"));
        await browser.UntilAsync("document.querySelector('button[name=logout], button[value=yes]')");
        await browser.ClickAsync("button[name=logout], button[value=yes]");
        await browser.UntilAsync("!document.querySelector('button[name=logout], button[value=yes]')");

        await OpenIdTests.LogInAsync(browser, Named("/login"), "kim-at-corp");
        await browser.UntilAsync($"location.pathname === '/confirm' && document.getElementById('who').textContent.includes('{user.Word("id")}')");
        Assert.Equal(200, await StatusAsync(browser));

        await ScimAsync(directory, HttpMethod.Patch, $"/scim/v2/Users/{user.Word("id")}", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}
            """);
        Assert.Equal(401, await StatusAsync(browser));
        await browser.OpenAsync(Named("/login"));
        await browser.UntilAsync("document.querySelector('#providers a')");
        await browser.ClickAsync("#providers a");
        await browser.UntilAsync("location.pathname === '/login' && document.getElementById('status').textContent.includes('not accepted')");

        await writ.StopAsync();
        var control = await Ledgers.RecordsAsync(writ.Folder, "control");
        var left = Assert.Single(control, record => record["action"]!.Word("kind") == "person.left");
        Assert.Equal("directory", left["by"]!.Word("presence"));
        Assert.All(control, record => Assert.DoesNotContain("kim", record.ToJsonString(), StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(Chromium browser) => (await browser.EvaluateAsync("fetch('/v1/login').then(r => r.status)"))!.GetValue<int>();

    private static async Task<JsonObject> ScimAsync(HttpClient directory, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/scim+json");
        using var response = await directory.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
