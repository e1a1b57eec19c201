using System.Text.Json.Nodes;

namespace Writ.Server.Tests.Api;

public sealed class RecordsApiTests
{
    [Fact]
    public async Task Decisions_are_asked_for_in_one_line_as_json_csv_and_json_lines()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        Assert.Empty((await AskAsync(writ, "outcome = DENY"))["rows"]!.AsArray());
        Assert.Equal(0, (await AskAsync(writ, "show count"))["rows"]![0]!["count"]!.GetValue<long>());
        await DecideAsync(writ, id, 5);

        var answer = await AskAsync(writ, "agent = helper and outcome = DENY show agent, outcome, code limit 2");
        Assert.Equal(5, answer["matched"]!.GetValue<long>());
        Assert.Equal("helper", answer["agents"]![id]!.GetValue<string>());
        Assert.Equal([id, id], answer["rows"]!.AsArray().Select(r => r!["agent"]!.GetValue<string>()));
        var next = await AskAsync(writ, "agent = helper and outcome = DENY show agent, outcome, code limit 2", answer["next"]!.GetValue<string>());
        Assert.True(next["rows"]![0]!["index"]!.GetValue<long>() < answer["rows"]![1]!["index"]!.GetValue<long>());
        Assert.Equal(5, (await AskAsync(writ, "group by outcome"))["rows"]![0]!["count"]!.GetValue<long>());

        var (_, _, csv) = await writ.SendAsync("GET", "/v1/records?format=csv&q=show%20outcome,code%20limit%201", writ.Person);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^outcome,code\r\nDENY,WRIT\\d{4}\r\n$", await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(csv.Headers.Contains("Writ-Next"));
        var (_, line, _) = await writ.SendAsync("GET", "/v1/records?format=jsonl&q=show%20outcome%20limit%201", writ.Person);
        Assert.Equal("DENY", line!["outcome"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("q=outcom%20%3D%20DENY", 400, "WRIT2060", "did you mean outcome?")]
    [InlineData("q=show%20count&cursor=AAAA", 400, "WRIT2063", "another query")]
    [InlineData("q=&format=xml", 400, "WRIT9101", "json, csv or jsonl")]
    public async Task What_cannot_be_asked_is_a_problem_that_says_what_to_do(string query, int expected, string code, string detail)
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, _) = await writ.AgentAsync();
        await DecideAsync(writ, id, 1);
        var (status, problem, _) = await writ.SendAsync("GET", $"/v1/records?{query}", writ.Person);
        Assert.Equal(expected, status);
        Assert.Equal(code, problem!["code"]!.GetValue<string>());
        Assert.Contains(detail, problem["detail"]!.GetValue<string>());
    }

    internal static async Task DecideAsync(RunningServer writ, string agent, int times, string name = "point")
    {
        var point = await writ.PointAsync(agent, name);
        for (var i = 0; i < times; i++)
        {
            var body = $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"}}""";
            Assert.Equal(200, (await writ.SendAsync("POST", "/access/v1/evaluation", point, body)).Status);
        }
    }

    private static async Task<JsonObject> AskAsync(RunningServer writ, string query, string? cursor = null)
    {
        var (status, body, _) = await writ.SendAsync("GET", $"/v1/records?q={Uri.EscapeDataString(query)}{(cursor is null ? "" : $"&cursor={cursor}")}", writ.Person);
        Assert.True(status == 200, body?.ToJsonString());
        return body!;
    }
}
