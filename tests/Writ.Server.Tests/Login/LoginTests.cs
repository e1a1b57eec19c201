using System.Text.Json.Nodes;
using Writ.Testing;

namespace Writ.Server.Tests.Login;

/// <summary>Logging in by passkey, and everything that looks like it and is not.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task The_administrator_enrols_with_the_token_of_the_first_start_and_logs_in_with_the_passkey()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var enrolled = browser.Cookie;

        await browser.LogInAsync(passkey);
        Assert.NotEqual(enrolled, browser.Cookie);
        var me = await browser.ExpectAsync(200, "GET", "/v1/login");
        Assert.Equal(("administrator", "session"), (me["person"]!.GetValue<string>(), me["presence"]!.GetValue<string>()));
        var ways = await browser.ExpectAsync(200, "GET", "/v1/people/administrator/login");
        Assert.Equal("laptop", Assert.Single(ways["passkeys"]!.AsArray())!["label"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_enrolment_token_is_used_once_and_opens_nothing_else()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        using var second = new SoftPasskey();
        var browser = new Visitor(writ);
        var token = browser.FirstEnrolment;
        await browser.RefusedAsync(403, "WRIT3005", "GET", "/v1/people", token: token);
        await browser.RefusedAsync(403, "WRIT3005", "POST", "/v1/presence", token: token);
        await browser.EnrolAsync(passkey, token);
        await browser.RefusedAsync(401, "WRIT3001", "POST", "/v1/enrolment/options", token: token);
    }

    [Fact]
    public async Task An_enrolment_token_ends_with_its_time_and_a_challenge_with_its_own()
    {
        var time = new FakeTime();
        await using var writ = await RunningServer.StartAsync(time);
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        var token = browser.FirstEnrolment;
        var asked = await browser.ExpectAsync(200, "POST", "/v1/enrolment/options", token: token);
        var late = new JsonObject { ["id"] = asked["id"]!.DeepClone(), ["credential"] = passkey.Make(asked["options"]!.AsObject(), browser.Origin) };
        time.Advance(TimeSpan.FromMinutes(3));
        await browser.RefusedAsync(401, "WRIT3150", "POST", "/v1/enrolment", late, token);
        time.Advance(TimeSpan.FromDays(7));
        await browser.RefusedAsync(401, "WRIT3001", "POST", "/v1/enrolment/options", token: token);
    }

    [Fact]
    public async Task An_answer_of_a_passkey_logs_in_once_and_never_again()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var answer = await browser.SignLoginAsync(passkey);
        await browser.ExpectAsync(200, "POST", "/v1/login", answer);
        await browser.RefusedAsync(401, "WRIT3150", "POST", "/v1/login", answer);

        // Under another challenge the same signature is worth as little.
        var other = await browser.ExpectAsync(200, "POST", "/v1/login/options");
        await browser.RefusedAsync(401, "WRIT3150", "POST", "/v1/login", new JsonObject { ["id"] = other["id"]!.DeepClone(), ["credential"] = answer["credential"]!.DeepClone() });
    }

    [Fact]
    public async Task What_is_signed_for_another_origin_challenge_purpose_or_host_or_unverified_or_not_by_the_key_is_refused_alike_and_counted()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        using var stranger = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        stranger.Handle = passkey.Handle;

        async Task<JsonObject> With(Action<SoftPasskey> change)
        {
            using var changed = passkey.Copy();
            change(changed);
            return await browser.SignLoginAsync(changed);
        }

        var broken = await browser.SignLoginAsync(passkey);
        var signature = broken["credential"]!["response"]!["signature"]!.GetValue<string>();
        broken["credential"]!["response"]!["signature"] = signature[..^4] + (signature[^4..] == "AAAA" ? "BBBB" : "AAAA");
        var attempts = new (string What, JsonObject Answer)[]
        {
            ("another port's page", await browser.SignLoginAsync(passkey, origin: "http://localhost:1")),
            ("a page of another site", await browser.SignLoginAsync(passkey, origin: "https://evil.example")),
            ("a made-up challenge", await browser.SignLoginAsync(passkey, challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            ("an answer to an enrolment", await browser.SignLoginAsync(passkey, type: "webauthn.create")),
            ("another relying party", await With(p => p.Host = "evil.example")),
            ("nobody verified", await With(p => p.Flags = 0x01)),
            ("nobody there", await With(p => p.Flags = 0x04)),
            ("an unknown handle", await With(p => p.Handle = "nobody")),
            ("an unknown passkey of a known person", await browser.SignLoginAsync(stranger)),
            ("a broken signature", broken),
        };
        var refusals = new HashSet<string>();
        foreach (var (what, answer) in attempts)
        {
            var (status, body, _) = await browser.SendAsync("POST", "/v1/login", answer);
            Assert.True(status == 401, $"{what}: {status}");
            refusals.Add(body!.ToJsonString());
        }

        Assert.Single(refusals);
        var (_, _, metrics) = await writ.SendAsync("GET", "/metrics", writ.Person);
        Assert.Contains($"writ_requests_unauthenticated_total {attempts.Length}\n", await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await browser.LogInAsync(passkey);
    }

    [Fact]
    public async Task A_passkey_of_one_person_never_logs_in_another()
    {
        await using var writ = await RunningServer.StartAsync();
        using var ada = new SoftPasskey();
        using var kim = new SoftPasskey();
        var (browser, other) = (new Visitor(writ), new Visitor(writ));
        Assert.Equal(201, (await writ.SendAsync("POST", "/v1/people", writ.Person, """{"name":"kim","capabilities":["app"]}""")).Status);
        var invited = await browser.ExpectAsync(201, "POST", "/v1/people/kim/invite", token: writ.Person);
        await other.EnrolAsync(kim, invited["token"]!.GetValue<string>());
        await browser.EnrolAsync(ada, browser.FirstEnrolment);
        kim.Handle = ada.Handle;
        await other.RefusedAsync(401, "WRIT3150", "POST", "/v1/login", await other.SignLoginAsync(kim));
    }

    [Fact]
    public async Task A_copied_passkey_is_noticed_by_its_counter_and_neither_of_the_two_is_believed_any_more()
    {
        await using var writ = await RunningServer.StartAsync();
        using var passkey = new SoftPasskey();
        var browser = new Visitor(writ);
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        using var copy = passkey.Copy();
        await browser.LogInAsync(passkey);
        await browser.LogInAsync(passkey);
        Assert.NotNull(browser.Cookie);

        await new Visitor(writ).RefusedAsync(401, "WRIT3150", "POST", "/v1/login", await browser.SignLoginAsync(copy));
        await browser.RefusedAsync(401, "WRIT3001", "GET", "/v1/login");
        await browser.RefusedAsync(401, "WRIT3150", "POST", "/v1/login", await browser.SignLoginAsync(passkey));
        var ways = await browser.ExpectAsync(200, "GET", "/v1/people/administrator/login", token: writ.Person);
        Assert.Empty(ways["passkeys"]!.AsArray());
        Assert.True(ways["proves_presence"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_options_of_a_login_name_nobody_and_are_of_one_shape_whoever_asks()
    {
        await using var writ = await RunningServer.StartAsync();
        var browser = new Visitor(writ);
        var before = await browser.ExpectAsync(200, "POST", "/v1/login/options");
        using var passkey = new SoftPasskey();
        await browser.EnrolAsync(passkey, browser.FirstEnrolment);
        var after = await browser.ExpectAsync(200, "POST", "/v1/login/options");
        Assert.Empty(before["options"]!["allowCredentials"]?.AsArray() ?? []);
        foreach (var asked in new[] { before, after })
        {
            asked["id"] = "";
            asked["options"]!["challenge"] = "";
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }
}
