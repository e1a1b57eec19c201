using System.Diagnostics;
using System.Text.Json.Nodes;
using SupportDesk;

namespace Writ.Samples.Tests;

/// <summary>The scripted agent as a process of its own, in front of a door with fixed answers.</summary>
public sealed class ScriptedAgentTests : IDisposable
{
    private readonly string _log = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():N}.log");

    [Theory]
    [InlineData(RefusalForm.ProtocolError)]
    [InlineData(RefusalForm.ToolResult)]
    public async Task The_case_meets_all_five_outcomes(RefusalForm form)
    {
        await using var door = OpenDoor(form, heldAnswers: 3);

        var (code, lines) = await PlayAsync(door.Address, tries: 10);

        Assert.Equal(0, code);
        Assert.Equal(
            [
                "read_mail ALLOW", "get_order ALLOW", "search_orders ALLOW_WITH_CONSTRAINTS", "refund_order ALLOW",
                "refund_order REQUIRE_APPROVAL", "refund_order ALLOW", "read_mail ALLOW", "delete_customers REMEDIATE",
                "archive_customers ALLOW", "send_mail DENY", "send_mail ALLOW",
            ],
            lines[..^1].Select(line => $"{line["tool"]} {line["outcome"]}"));
        Assert.Equal("0197-approval", (string?)lines[4]["approval"]);
        Assert.Equal("WRIT1002", (string?)lines[9]["code"]);
        Assert.Equal("esc_123", (string?)lines[9]["token"]);
        Assert.Equal("""{"ALLOW":7,"ALLOW_WITH_CONSTRAINTS":1,"REQUIRE_APPROVAL":1,"REMEDIATE":1,"DENY":1}""", lines[^1]["outcomes"]!.ToJsonString());
        Assert.All(door.KeysSeen, key => Assert.Equal("Bearer agk_test", key));
        Assert.DoesNotContain(File.ReadAllLines(_log), line => line.Contains("delete_customers") || line.Contains("data-custody"));
    }

    [Fact]
    public async Task A_call_that_stays_held_is_given_up_and_the_case_goes_on()
    {
        await using var door = OpenDoor(RefusalForm.ProtocolError, heldAnswers: int.MaxValue);

        var (code, lines) = await PlayAsync(door.Address, tries: 2);

        Assert.Equal(0, code);
        Assert.Equal(1, (int?)lines[^1]["outcomes"]!["REQUIRE_APPROVAL"]);
        Assert.DoesNotContain(File.ReadAllLines(_log), line => line.Contains("240"));
    }

    [Fact]
    public async Task Without_an_address_or_a_server_the_agent_says_so_and_fails()
    {
        Assert.Equal(2, (await PlayAsync("not an address", tries: 0)).Code);
        Assert.Equal(3, (await PlayAsync("http://127.0.0.1:9/mcp", tries: 0)).Code);
    }

    public void Dispose() => File.Delete(_log);

    private StandInDoor OpenDoor(RefusalForm form, int heldAnswers) => new(new DeskServer(new Desk(DateTimeOffset.UnixEpoch), new CallLog(_log)), form, heldAnswers);

    private static async Task<(int Code, JsonNode[] Lines)> PlayAsync(string address, int tries)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ScriptedAgent"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["WRIT_MCP_URL"] = address,
                ["WRIT_AGENT_KEY"] = "agk_test",
                ["WRIT_AGENT_TRIES"] = $"{tries}",
                ["WRIT_AGENT_PAUSE_MS"] = "1",
            },
        };
        using var agent = Process.Start(start)!;
        var errors = agent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await agent.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (agent.ExitCode != 0)
            Assert.NotEmpty(await errors);
        return (agent.ExitCode, [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)]);
    }
}
