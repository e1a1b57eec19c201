using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>Logging in by a real OpenID provider, in a real browser, across sites.</summary>
public sealed class OpenIdTests
{
    [Fact]
    public async Task A_person_logs_in_by_the_account_that_is_linked_and_is_out_when_the_provider_says_so()
    {
        await using var browser = await Chromium.StartAsync();
        await using var writ = await RunningWrit.StartAsync();
        Uri Named(string path) => new($"http://localhost:{writ.Address.Port}{path}");
        using var peer = await OpenIdPeer.StartAsync(Named("/o/default/login/corp/callback"), Named("/o/default/login/corp/logout"));
        await writ.PostAsync("/v1/openid-providers", new JsonObject { ["name"] = "corp", ["issuer"] = peer.Issuer, ["client_id"] = "writ", ["allowed_addresses"] = new JsonArray("127.0.0.1") });
        await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "kim", ["capabilities"] = new JsonArray("app") });

        // An account that is linked to nobody gets nobody in.
        await LogInAsync(browser, Named("/login"), "kim-at-corp");
        await browser.UntilAsync("location.pathname === '/login' && document.getElementById('status').textContent.includes('not accepted')");

        await writ.PostAsync("/v1/people/kim/links", new JsonObject { ["provider"] = "corp", ["subject"] = "kim-at-corp" });
        await browser.OpenAsync(Named("/login"));
        await browser.UntilAsync("document.querySelector('#providers a')");
        await browser.ClickAsync("#providers a");
        await browser.UntilAsync("location.pathname === '/confirm' && document.getElementById('who').textContent.includes('kim')");
        Assert.Equal("session", (await browser.EvaluateAsync("fetch('/v1/login').then(r => r.json()).then(me => me.presence)"))!.GetValue<string>());

        // The provider ends its own session, and tells Writ behind the browser's back.
        await browser.OpenAsync(new Uri(peer.Issuer + "/session/end"));
        await browser.UntilAsync("document.querySelector('button[name=logout], button[value=yes]')");
        await browser.ClickAsync("button[name=logout], button[value=yes]");
        await browser.UntilAsync("!document.querySelector('button[name=logout], button[value=yes]')");
        await browser.OpenAsync(Named("/confirm"));
        await browser.UntilAsync("location.pathname === '/login'");

        await writ.StopAsync();
        var control = await Ledgers.RecordsAsync(writ.Folder, "control");
        Assert.Equal("openid", Assert.Single(control, r => r["action"]!.Word("kind") == "session.started")["by"]!.Word("presence"));
        Assert.Contains("corp", Assert.Single(control, r => r["action"]!.Word("kind") == "session.ended")["action"]!.Word("reason"), StringComparison.Ordinal);
        Assert.All(control, record => Assert.DoesNotContain("kim-at-corp", record.ToJsonString(), StringComparison.Ordinal));
    }

    internal static async Task LogInAsync(Chromium browser, Uri page, string account)
    {
        await browser.OpenAsync(page);
        await browser.UntilAsync("document.querySelector('#providers a')");
        await browser.ClickAsync("#providers a");
        await browser.UntilAsync("document.querySelector('input[name=login]')");
        await browser.EvaluateAsync($"document.querySelector('input[name=login]').value = '{account}', document.querySelector('input[name=password]').value = 'x'");
        await browser.ClickAsync("button[type=submit]");
        await browser.UntilAsync("document.querySelector('input[name=prompt][value=consent]')");
        await browser.ClickAsync("button[type=submit]");
    }
}
