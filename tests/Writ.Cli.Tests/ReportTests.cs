using System.Text.Json.Nodes;
using Writ.Cli.Reports;

namespace Writ.Cli.Tests;

/// <summary><c>writ report</c> against a server that decided something.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Reports_answer_each_question_with_its_query_as_text_json_and_html()
    {
        await using var server = await RunningServer.StartAsync();
        await LedgerQueryTests.DecideAsync(server, 3);

        var text = await server.RunAsync("report", "agent", "bot", "--from", "2020-01-01");
        Assert.Equal(0, text.Exit);
        Assert.Contains("Where was it stopped, and by what?", text.Output, StringComparison.Ordinal);
        Assert.Contains("agent = \"bot\" and at >= 2020-01-01 and not outcome in (ALLOW, ALLOW_WITH_CONSTRAINTS) group by outcome, code, rule", text.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await server.RunAsync("report", "agent", "bot", "--json")).Output)!;
        Assert.All(json["sections"]!.AsArray(), s => Assert.NotNull(s!["answer"]!["rows"]));
        Assert.Equal(3, json["sections"]![0]!["answer"]!["rows"]![0]!["count"]!.GetValue<long>());
        var html = await server.RunAsync("report", "agent", "bot", "--html");
        Assert.StartsWith("<!DOCTYPE html>", html.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html.Output, StringComparison.OrdinalIgnoreCase);

        var task = JsonNode.Parse((await server.RunAsync("ledger", "query", "show task limit 1", "--json")).Output)!["rows"]![0]!["task"]!.GetValue<string>();
        var timeline = JsonNode.Parse((await server.RunAsync("report", "task", task, "--json")).Output)!["sections"]![0]!["answer"]!["rows"]!.AsArray();
        Assert.Equal(["task", "decision", "decision", "decision"], timeline.Select(r => r!["kind"]!.GetValue<string>()));

        var card = await server.RunAsync("report", "scorecard");
        Assert.Equal(1, card.Exit); // everything was denied
        Assert.Matches(@"denied\s+100 %\s+1 to 5 %\s+above", card.Output);
        Assert.Matches(@"time to an answer, p50\s+15 min or less\s+no data", card.Output);

        await server.StopAsync();
        Assert.Equal(text.Output, (await CliRun.OfAsync("report", "agent", "bot", "--from", "2020-01-01", "--data", server.Data)).Output);
    }

    [Theory]
    [InlineData("--from: 'July' is no day", "agent", "bot", "--from", "July")]
    [InlineData("is no task's id", "task", "7")]
    public async Task What_cannot_be_reported_is_told(string message, params string[] arguments)
    {
        var run = await CliRun.OfAsync(["report", .. arguments]);
        Assert.Equal(2, run.Exit);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_a_record_is_escaped_in_html_and_quoted_in_a_query()
    {
        const string Evil = "\"><script>alert(1)</script>\u202e\\";
        var answer = JsonNode.Parse("""{"columns":["agent"],"rows":[{}],"agents":{},"records":1}""")!.AsObject();
        answer["rows"]![0]!["agent"] = Evil;
        var html = ReportHtml.Of(new Report(Evil, [(Evil, Evil)], [new ReportSection(Evil, Evil) { Answer = answer, Note = Evil }]));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', html);
        Assert.Equal(8, html.Split("&lt;script&gt;").Length - 1);
        Assert.Equal("\"\\\"><script>alert(1)</script>\u202e\\\\\"", QueryText.Quoted(Evil));
    }
}
