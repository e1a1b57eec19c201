using Writ.Testing;

namespace Writ.Server.Tests.Api;

public sealed class ReviewsApiTests
{
    [Fact]
    public async Task A_review_is_listed_attested_and_not_attested_of_what_nobody_saw()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        await writ.SendAsync("POST", $"/v1/agents/{id}/activate", writ.Person, """{"reason":"x"}""");
        var reviews = (await writ.SendAsync("GET", "/v1/reviews", writ.Person)).Body!;
        Assert.Equal(["permissions", "instructions", "tools"], reviews["reviews"]!.AsArray().Select(review => review!["review"]!.GetValue<string>()));
        Assert.Empty((await writ.SendAsync("GET", "/v1/reviews?overdue=true", writ.Person)).Body!["reviews"]!.AsArray());
        var digest = reviews["reviews"]![0]!["digest"]!.GetValue<string>();

        var attest = $$$"""{"reviews":["permissions"],"note":"fine","seen":{"permissions":"{{{digest}}}"}}""";
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/grants", writ.Person, """{"grants":["desk/other"]}""")).Status);
        Assert.Equal(409, (await writ.SendAsync("POST", $"/v1/agents/{id}/reviews", writ.Person, attest)).Status);
        Assert.Equal(200, (await writ.SendAsync("PUT", $"/v1/agents/{id}/grants", writ.Person, """{"grants":["desk/*"]}""")).Status);
        var (status, body, _) = await writ.SendAsync("POST", $"/v1/agents/{id}/reviews", writ.Person, attest);
        Assert.Equal(201, status);
        var permissions = body!["reviews"]!.AsArray().Single(review => review!["review"]!.GetValue<string>() == "permissions")!;
        Assert.Equal(("fine", false), (permissions["note"]!.GetValue<string>(), permissions["changed_since"]!.GetValue<bool>()));

        foreach (var wrong in new[] { """{"reviews":[],"note":"x"}""", """{"reviews":["all"],"note":"x"}""", """{"reviews":["tools","tools"],"note":"x"}""", """{"reviews":["tools"],"note":""}""" })
            Assert.Equal(400, (await writ.SendAsync("POST", $"/v1/agents/{id}/reviews", writ.Person, wrong)).Status);
        var limited = (await writ.SendAsync("POST", "/v1/people/administrator/tokens", writ.Person, """{"label":"x","days":1,"capabilities":["security","compliance"]}""")).Body!["token"]!.GetValue<string>();
        Assert.Equal(403, (await writ.SendAsync("POST", $"/v1/agents/{id}/reviews", limited, """{"reviews":["tools"],"note":"x"}""")).Status);
        Assert.Equal(400, (await writ.SendAsync("PUT", "/v1/reviews/grace", writ.Person, """{"days":91,"reason":"x"}""")).Status);
        Assert.Equal(7, (await writ.SendAsync("PUT", "/v1/reviews/grace", writ.Person, """{"days":7,"reason":"x"}""")).Body!["grace_days"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_running_server_says_by_itself_that_a_review_is_overdue_and_then_suspends()
    {
        var folder = Directory.CreateTempSubdirectory("writ-reviews-");
        try
        {
            var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
            string id;
            await using (var writ = await RunningServer.StartAsync(folder.FullName, null, new FakeTime(start)))
                (id, _) = await writ.AgentAsync();
            foreach (var (days, path, expected) in new[] { (31, "/v1/reviews", "suspends_at"), (46, $"/v1/agents/{id}", "overdue-review") })
            {
                var time = new FakeTime(start.AddDays(days));
                await using var writ = await RunningServer.StartAsync(folder.FullName, null, time);
                while (!(await writ.SendAsync("GET", path, writ.Person)).Body!.ToJsonString().Contains(expected, StringComparison.Ordinal))
                {
                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                    time.Advance(TimeSpan.FromSeconds(10));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
