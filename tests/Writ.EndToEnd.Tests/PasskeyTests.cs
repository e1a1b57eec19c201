using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>People and their passkeys in a real browser, with an authenticator that the browser takes for one.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task An_administrator_enrols_reads_what_waits_and_approves_it_with_a_passkey_that_the_record_keeps()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        var desk = await Desk.RegisterAsync(writ);
        await Desk.PublishSampleAsync(writ);
        var (_, key) = await writ.AgentAsync("helper", "support-desk/*");
        using var agent = new McpAgent(writ, key, "support-desk");
        Task<JsonObject> Refund() => agent.CallAsync("refund_order", new JsonObject { ["order_id"] = "NW-1011", ["amount"] = 80, ["reason"] = "broken" });
        var approval = (await Refund()).Held();

        await EnrolAsync(browser, writ);
        using (var alone = await writ.Administrator.PostAsJsonAsync($"/v1/approvals/{approval}/approve", new JsonObject()))
            Assert.Equal((HttpStatusCode.Forbidden, "WRIT3151"), (alone.StatusCode, JsonNode.Parse(await alone.Content.ReadAsStringAsync())!.Word("code")));
        Assert.Empty(desk.Calls());

        await browser.ClickAsync("#again");
        await browser.UntilAsync("document.querySelector('#list h2')?.textContent.includes('refund_order') && document.querySelector('#list pre')?.textContent.includes('NW-1011')");
        await browser.ClickAsync("#list button");
        await browser.UntilAsync("document.getElementById('status').dataset.kind === 'good'");
        await browser.UntilAsync("document.getElementById('list').textContent.includes('Nothing waits')");
        Assert.False((await Refund())["isError"]?.GetValue<bool>() ?? false);
        Assert.Single(desk.Calls());

        await browser.ClickAsync("#out");
        await browser.UntilAsync("location.pathname === '/login' && document.readyState === 'complete'");
        await browser.ClickAsync("#go");
        await browser.UntilAsync("location.pathname === '/confirm' && document.getElementById('who').textContent.includes('administrator')");

        var origin = $"http://localhost:{writ.Address.Port}";
        await writ.StopAsync();
        var record = (await Ledgers.RecordsAsync(writ.Folder, "decisions")).Single(r => r.Word("kind") == "approval");
        Assert.Equal("passkey", record.Word("presence"));
        var client = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(record["proof"]!.Word("client_data")))!;
        Assert.Equal(("webauthn.get", origin), (client.Word("type"), client.Word("origin")));
    }

    [Fact]
    public async Task What_a_page_of_another_origin_gets_the_passkey_to_sign_is_worth_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        await using var other = await RunningWrit.StartAsync();
        await EnrolAsync(browser, writ);
        using var http = new HttpClient { BaseAddress = Named(writ, "/") };
        http.DefaultRequestHeaders.Add("Origin", $"http://localhost:{writ.Address.Port}");

        // The other page is of the same host, so that the browser lets it use the passkey; its port makes it another origin.
        foreach (var (page, expected) in new[] { (Named(other, "/login"), HttpStatusCode.Unauthorized), (Named(writ, "/login"), HttpStatusCode.OK) })
        {
            await browser.OpenAsync(page);
            using var asked = await http.PostAsJsonAsync("/v1/login/options", new JsonObject());
            var options = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
            var signed = await browser.EvaluateAsync($"import('/login/passkeys.js').then(p => p.sign({options["options"]!.ToJsonString()})).then(JSON.stringify)");
            using var content = new StringContent(new JsonObject { ["id"] = options["id"]!.DeepClone(), ["credential"] = JsonNode.Parse(signed!.GetValue<string>()) }.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync("/v1/login", content);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_copied_passkey_is_found_out_and_revoked()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        await EnrolAsync(browser, writ);
        var authenticator = new JsonObject { ["authenticatorId"] = browser.Authenticator };
        var credential = (await browser.SendAsync("WebAuthn.getCredentials", authenticator))["credentials"]!.AsArray().Single()!.DeepClone().AsObject();
        await browser.OpenAsync(Named(writ, "/login"));
        await browser.ClickAsync("#go");
        await browser.UntilAsync("location.pathname === '/confirm'");

        await browser.SendAsync("WebAuthn.clearCredentials", authenticator.DeepClone().AsObject());
        await browser.SendAsync("WebAuthn.addCredential", new JsonObject { ["authenticatorId"] = browser.Authenticator, ["credential"] = credential });
        await browser.OpenAsync(Named(writ, "/login"));
        await browser.ClickAsync("#go");
        await browser.UntilAsync("document.getElementById('status').textContent.includes('WRIT3150')");
        Assert.Empty((await writ.GetAsync("/v1/people/administrator/login"))["passkeys"]!.AsArray());
    }

    [Fact]
    public async Task The_pages_are_named_labelled_and_allowed_no_script_but_their_own()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        foreach (var page in new[] { "/login", "/enroll" })
        {
            await browser.OpenAsync(Named(writ, page));
            Assert.True((await browser.EvaluateAsync(
                """
                document.documentElement.lang === 'en' && document.title !== '' && document.querySelectorAll('main h1').length === 1
                  && document.querySelector('[role=status][aria-live]') !== null
                  && [...document.querySelectorAll('input')].every(i => i.labels.length === 1)
                  && [...document.querySelectorAll('button')].every(b => b.textContent.trim() !== '' && b.tabIndex === 0)
                """))!.GetValue<bool>());
            Assert.Equal("refused", (await browser.EvaluateAsync(
                """
                new Promise(done => {
                  document.addEventListener('securitypolicyviolation', () => done('refused'), { once: true });
                  const script = document.createElement('script');
                  try { script.textContent = "window.ran = true"; document.head.append(script); } catch { done('refused'); }
                  if (window.ran) done('ran');
                })
                """))!.GetValue<string>());
        }

        // Under an address there are no passkeys: the page goes on under the name.
        await browser.OpenAsync(new Uri(writ.Address, "/login"));
        await browser.UntilAsync("location.hostname === 'localhost'");
    }

    private static Uri Named(RunningWrit writ, string path) => new($"http://localhost:{writ.Address.Port}{path}");

    private static async Task EnrolAsync(Chromium browser, RunningWrit writ)
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(writ.Folder, "config", "administrator.enrolment"))).Trim();
        await browser.OpenAsync(Named(writ, "/enroll#" + token));
        await browser.UntilAsync("location.hash === ''");
        await browser.ClickAsync("#go");
        await browser.UntilAsync("location.pathname === '/confirm' && document.getElementById('who').textContent !== ''");
    }
}
