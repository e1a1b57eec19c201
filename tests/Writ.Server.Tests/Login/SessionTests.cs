using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.Login;

/// <summary>What a session opens, and how it ends.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task The_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts_and_other_sites()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var (_, _, response) = await browser.SendAsync("POST", "/v1/login", await browser.SignLoginAsync(passkey));
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-writ=wss_", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "path=/", "secure", "httponly", "samesite=strict" })
            Assert.Contains("; " + attribute, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_login_never_goes_on_with_a_session_that_the_browser_brought()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var (attacker, victim) = (new Visitor(writ), new Visitor(writ));
        await attacker.EnrolAsync(passkey, attacker.FirstEnrolment);
        victim.Cookie = attacker.Cookie;
        await victim.LogInAsync(passkey);
        Assert.NotEqual(attacker.Cookie, victim.Cookie);
        await attacker.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");
        await victim.ExpectAsync(200, "GET", "/v1/login");
    }

    [Fact]
    public async Task T47_a_session_ends_by_logging_out_by_idling_by_its_age_and_by_being_ended_by_security()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        await browser.LogInAsync(passkey);
        var cookie = browser.Cookie;
        await browser.ExpectAsync(204, "POST", "/v1/logout");
        Assert.Null(browser.Cookie);
        browser.Cookie = cookie;
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");

        await browser.LogInAsync(passkey);
        time.Advance(TimeSpan.FromMinutes(30));
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");

        await browser.LogInAsync(passkey);
        for (var minutes = 0; minutes < 12 * 60 - 20; minutes += 20)
        {
            time.Advance(TimeSpan.FromMinutes(20));
            await browser.ExpectAsync(200, "GET", "/v1/login");
        }

        time.Advance(TimeSpan.FromMinutes(20));
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");

        await browser.LogInAsync(passkey);
        await browser.ExpectAsync(200, "POST", "/v1/people/administrator/sessions/end", new JsonObject { ["reason"] = "a lost laptop" }, writ.Person);
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");
    }

    [Fact]
    public async Task T47_who_loses_a_way_in_comes_back_by_no_invitation_asked_for_before()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        var waiting = (await browser.ExpectAsync(201, "POST", "/v1/people/administrator/invite", token: writ.Person))["token"]!.GetValue<string>();
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        await browser.RefusedAsync(401, "WRIT3001", "POST", "/v1/enrolment/options", token: waiting);
        await browser.RefusedAsync(401, "WRIT3001", "POST", "/v1/enrolment/options", token: browser.FirstEnrolment);
    }

    [Fact]
    public async Task Ending_the_sessions_of_others_tells_nothing_to_who_may_not()
    {
        await using var writ = await RunningServer.StartAsync();
        var program = new Visitor(writ);
        var kim = (await program.ExpectAsync(201, "POST", "/v1/people", new JsonObject { ["name"] = "kim" }, writ.Person))["token"]!.GetValue<string>();
        await program.RefusedAsync(403, "WRIT3006", "POST", "/v1/people/administrator/sessions/end", new JsonObject { ["reason"] = "x" }, kim);
    }

    [Fact]
    public async Task A_session_changes_nothing_for_another_page_and_opens_no_door()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var team = new JsonObject { ["name"] = "desk", ["display_name"] = "Desk" };

        browser.OwnPage = false;
        await browser.RefusedAsync(403, "WRIT3153", "POST", "/v1/teams", team.DeepClone());
        browser.OwnPage = true;
        browser.Origin = "http://localhost:1";
        await browser.RefusedAsync(403, "WRIT5101", "POST", "/v1/teams", team.DeepClone());
        browser.Origin = "null";
        await browser.RefusedAsync(403, "WRIT5101", "POST", "/v1/teams", team.DeepClone());
        browser.Origin = $"http://localhost:{writ.Server.Address.Port}";
        Assert.Equal(401, (await browser.SendAsync("POST", "/mcp")).Status);
        Assert.Equal(401, (await browser.SendAsync("POST", "/access/v1/evaluation")).Status);
        await browser.ExpectAsync(201, "POST", "/v1/teams", team);
    }

    [Fact]
    public async Task A_cookie_is_no_token_and_a_refused_token_does_not_fall_back_on_the_cookie()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login", token: browser.Cookie);
        var (status, _, _) = await writ.SendAsync(
            "GET", "/v1/login", "wpt_wrong", headers: [("Host", $"localhost:{writ.Server.Address.Port}"), ("Cookie", $"__Host-writ={browser.Cookie}")]);
        Assert.Equal(401, status);
    }

    [Fact]
    public async Task A_session_goes_on_after_a_restart_and_one_that_was_ended_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("writ-server-").FullName;
        try
        {
            using var passkey = new SoftPasskey();
            string? kept, ended;
            await using (var writ = await RunningServer.StartWithAsync(folder, options => options))
            {
                var browser = new Visitor(writ);
                await browser.EnrolAsync(passkey, browser.FirstEnrolment);
                ended = browser.Cookie;
                await browser.ExpectAsync(204, "POST", "/v1/logout");
                await browser.LogInAsync(passkey);
                kept = browser.Cookie;
            }

            await using (var writ = await RunningServer.StartWithAsync(folder, options => options))
            {
                var browser = new Visitor(writ) { Cookie = kept };
                await browser.ExpectAsync(200, "GET", "/v1/login");
                browser.Cookie = ended;
                await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");
                using var copy = passkey.Copy();
                copy.Counter--;
                await browser.RefusedAsync(401, "WRIT3150", "POST", "/v1/login", await browser.SignLoginAsync(copy));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
