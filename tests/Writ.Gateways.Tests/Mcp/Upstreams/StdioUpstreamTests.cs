using System.Text.Json;
using Writ.Gateways.Mcp.Upstreams;

namespace Writ.Gateways.Tests.Mcp.Upstreams;

public sealed class StdioUpstreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_call_starts_the_server_and_fields_unknown_to_writ_pass_both_ways()
    {
        await using var server = new Misbehaving();
        Assert.Equal(UpstreamState.Idle, server.Upstream.State);
        var sent = JsonElement.Parse("""{"name":"echo","arguments":{"n":9007199254740993,"e":1.50e3},"x-new":[null],"_meta":{"com.example/a":1,"progressToken":7}}""");

        var answer = Assert.IsType<UpstreamAnswer.Result>(await server.Upstream.CallAsync(new UpstreamCall("a", "tools/call", sent), Stop));

        Assert.Equal("""{"big":1}""", answer.Value.GetProperty("x-unknown").GetRawText());
        var echoed = answer.Value.GetProperty("echoed");
        Assert.Equal("""[null]""", echoed.GetProperty("x-new").GetRawText());
        Assert.Equal("""{"com.example/a":1}""", echoed.GetProperty("_meta").GetRawText());
        Assert.Equal(UpstreamState.Ready, server.Upstream.State);
        Assert.Equal(1, server.Upstream.Statistics.Starts);
    }

    [Fact]
    public async Task A_pretty_printed_call_stays_one_line()
    {
        await using var server = new Misbehaving();
        var sent = JsonElement.Parse("{\r\n  \"name\": \"echo\",\n  \"arguments\": {\n \"s\": \"a\\nb\" }\n}");
        var answer = Assert.IsType<UpstreamAnswer.Result>(await server.Upstream.CallAsync(new UpstreamCall("a", "tools/call", sent), Stop));
        Assert.Equal("a\nb", answer.Value.GetProperty("echoed").GetProperty("arguments").GetProperty("s").GetString());
    }

    [Fact]
    public async Task An_error_of_the_servers_own_is_an_answer_and_not_a_failure()
    {
        await using var server = new Misbehaving();
        var error = Assert.IsType<UpstreamAnswer.ProtocolError>(await server.CallAsync("no-such-tool"));
        Assert.Equal((-32602, "unknown tool"), (error.Code, error.Message));
        Assert.Equal("no-such-tool", error.Data.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("well", "2025-11-25")]
    [InlineData("old-version", "2025-03-26")]
    public async Task The_server_may_choose_an_older_revision(string start, string version)
    {
        await using var server = new Misbehaving(start);
        var ready = Assert.IsType<UpstreamOpening.Ready>(await server.Upstream.EnsureReadyAsync(Stop));
        Assert.Equal(version, ready.Info.ProtocolVersion);
        Assert.Equal("Be careful.", ready.Info.Instructions);
        Assert.Equal("misbehaving", ready.Info.ServerInfo.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_revision_nobody_knows_is_refused()
    {
        await using var server = new Misbehaving("unknown-version");
        var opening = Assert.IsType<UpstreamOpening.Unavailable>(await server.Upstream.EnsureReadyAsync(Stop));
        Assert.Equal(UpstreamFailure.Garbage, opening.Kind);
    }

    [Fact]
    public async Task A_call_that_hangs_times_out_and_the_server_is_told()
    {
        await using var server = new Misbehaving();
        var call = await server.HangAsync();
        server.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(call.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(1));

        var failed = Assert.IsType<UpstreamAnswer.Failed>(await call);

        Assert.Equal((UpstreamFailure.TimedOut, true), (failed.Kind, failed.MayHaveActed));
        Assert.Equal("1", await server.TextAsync("cancelled"));
        Assert.Equal(1, server.Upstream.Statistics.TimedOut);
    }

    [Fact]
    public async Task T68_a_caller_that_goes_away_cancels_the_call_at_the_server()
    {
        await using var server = new Misbehaving();
        using var caller = new CancellationTokenSource();
        var call = await server.HangAsync(caller.Token);
        await caller.CancelAsync();
        Assert.Equal(UpstreamFailure.Cancelled, Assert.IsType<UpstreamAnswer.Failed>(await call).Kind);
        Assert.Equal("1", await server.TextAsync("cancelled"));
    }

    [Fact]
    public async Task A_call_already_cancelled_never_reaches_the_server()
    {
        await using var server = new Misbehaving();
        await server.Upstream.EnsureReadyAsync(Stop);
        var failed = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("die", cancel: new CancellationToken(true)));
        Assert.False(failed.MayHaveActed);
        Assert.Equal("0", await server.TextAsync("cancelled"));
    }

    [Fact]
    public async Task A_server_that_dies_fails_every_open_call_and_starts_again_after_a_growing_wait()
    {
        await using var server = new Misbehaving();
        var hanging = await server.HangAsync();
        var dying = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("die"));
        Assert.Equal((UpstreamFailure.Died, true), (dying.Kind, dying.MayHaveActed));
        Assert.Equal(UpstreamFailure.Died, Assert.IsType<UpstreamAnswer.Failed>(await hanging).Kind);

        foreach (var wait in new[] { 0.5, 1, 2 })
        {
            await Until(() => server.Upstream.State == UpstreamState.Waiting);
            var refused = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo"));
            Assert.Equal((UpstreamFailure.NotStarted, false), (refused.Kind, refused.MayHaveActed));
            server.Time.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(UpstreamState.Waiting, server.Upstream.State);
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(UpstreamState.Idle, server.Upstream.State);
            Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("die"));
        }

        await Until(() => server.Upstream.Statistics.Deaths == 4);
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_unavailable_with_its_exit()
    {
        await using var server = new Misbehaving("exit");
        var failed = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo"));
        Assert.Equal((UpstreamFailure.Died, false), (failed.Kind, failed.MayHaveActed));
    }

    [Fact]
    public async Task A_server_that_never_shakes_hands_is_given_up()
    {
        await using var server = new Misbehaving("mute");
        var opening = server.Upstream.EnsureReadyAsync(Stop).AsTask();
        await Until(() => server.Upstream.Statistics.Starts == 1);
        while (!opening.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        Assert.Equal(UpstreamFailure.TimedOut, Assert.IsType<UpstreamOpening.Unavailable>(await opening).Kind);
    }

    [Fact]
    public async Task A_flood_on_standard_error_neither_blocks_the_server_nor_is_kept()
    {
        await using var server = new Misbehaving();
        Assert.Equal("flooded", await server.TextAsync("flood"));
        await Until(() => server.Upstream.Diagnostics.Contains("the last", StringComparison.Ordinal));
        Assert.True(server.Upstream.Diagnostics.Length < 70_000);
        Assert.Contains("the last\\u{1b}[31m words", server.Upstream.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_wrong_ids_batches_and_second_answers_never_become_an_answer()
    {
        await using var server = new Misbehaving();
        var answer = Assert.IsType<UpstreamAnswer.Result>(await server.CallAsync("garbage"));
        Assert.True(answer.Value.GetProperty("right").GetBoolean());
        Assert.Equal("0", await server.TextAsync("cancelled"));
        Assert.Equal(5, server.Upstream.Statistics.GarbageMessages);
        Assert.Equal(3, server.Upstream.Statistics.UnknownAnswers);
    }

    [Theory]
    [InlineData("babble", UpstreamFailure.Garbage)]
    [InlineData("huge", UpstreamFailure.TooLarge)]
    public async Task A_server_that_breaks_a_bound_is_ended(string tool, UpstreamFailure kind)
    {
        await using var server = new Misbehaving();
        Assert.Equal(kind, Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync(tool)).Kind);
        await Until(() => server.Upstream.State == UpstreamState.Waiting);
        Assert.Equal(1, server.Upstream.Statistics.Deaths);
    }

    [Fact]
    public async Task A_server_may_ping_and_is_offered_nothing_else()
    {
        await using var server = new Misbehaving();
        var answers = JsonElement.Parse(await server.TextAsync("ask"));
        Assert.Equal("{}", answers[0].GetProperty("result").GetRawText());
        Assert.Equal(-32601, answers[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(1, server.Upstream.Statistics.RefusedRequests);
    }

    [Fact]
    public async Task A_hundred_calls_are_in_flight_at_once_and_each_gets_its_own_answer()
    {
        await using var server = new Misbehaving();
        for (var i = 0; i < 100; i++)
            _ = await server.HangAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.CallAsync("echo", new { i })));
        Assert.Equal(Enumerable.Range(0, 20), answers.Select(a => ((UpstreamAnswer.Result)a).Value.GetProperty("echoed").GetProperty("arguments").GetProperty("i").GetInt32()));
    }

    [Fact]
    public async Task Past_its_bounds_calls_are_refused_and_not_kept()
    {
        await using var server = new Misbehaving(change: d => d with { Limits = d.Limits with { MaxConcurrentCalls = 1, MaxQueuedCalls = 2 } });
        var running = await server.HangAsync();
        var waiting = server.CallAsync("echo");
        var refused = Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo"));
        Assert.Equal((UpstreamFailure.Overloaded, false), (refused.Kind, refused.MayHaveActed));

        server.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(UpstreamFailure.TimedOut, Assert.IsType<UpstreamAnswer.Failed>(await running).Kind);
        var late = Assert.IsType<UpstreamAnswer.Failed>(await waiting);
        Assert.Equal((UpstreamFailure.TimedOut, false), (late.Kind, late.MayHaveActed));
    }

    [Fact]
    public async Task A_server_that_stops_reading_does_not_gather_messages_without_bound()
    {
        await using var server = new Misbehaving();
        _ = await server.HangAsync(tool: "deaf");
        var ballast = new string('x', 200_000);
        var calls = Enumerable.Range(0, 20).Select(_ => server.CallAsync("echo", new { ballast })).ToArray();
        server.Time.Advance(TimeSpan.FromSeconds(60));
        var ends = await Task.WhenAll(calls);
        Assert.All(ends, e => Assert.Equal(UpstreamFailure.TimedOut, Assert.IsType<UpstreamAnswer.Failed>(e).Kind));
        Assert.Contains(ends, e => !((UpstreamAnswer.Failed)e).MayHaveActed);
    }

    [Fact]
    public async Task Closing_ends_open_calls_and_later_ones_and_a_server_that_will_not_go()
    {
        var server = new Misbehaving("stubborn");
        var open = await server.HangAsync();
        var closing = server.DisposeAsync().AsTask();
        Assert.Equal(UpstreamFailure.Closed, Assert.IsType<UpstreamAnswer.Failed>(await open).Kind);
        await closing;
        Assert.Equal(UpstreamFailure.Closed, Assert.IsType<UpstreamAnswer.Failed>(await server.CallAsync("echo")).Kind);
    }

    [Fact]
    public async Task All_pages_of_tools_are_read_as_they_are_written()
    {
        await using var server = new Misbehaving();
        var listing = Assert.IsType<ToolListing.Complete>(await server.Upstream.ListToolsAsync(Stop));
        Assert.Equal(["echo", "hang", "die"], listing.Tools.Select(t => t.Name));
        Assert.Equal("""{"name":"die","inputSchema":{"type":"object"},"x-kept":1}""", listing.Tools[2].Definition.GetRawText());
    }

    [Theory]
    [InlineData("endless-pages", UpstreamFailure.TooLarge)]
    [InlineData("many-tools", UpstreamFailure.TooLarge)]
    [InlineData("twice", UpstreamFailure.Garbage)]
    public async Task T85_a_tool_list_without_end_or_sense_is_not_read_at_all(string start, UpstreamFailure kind)
    {
        await using var server = new Misbehaving(start);
        Assert.Equal(kind, Assert.IsType<ToolListing.Unavailable>(await server.Upstream.ListToolsAsync(Stop)).Kind);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
