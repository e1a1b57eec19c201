using System.Text.Json.Nodes;
using Writ.Cli.Ledgers;
using Writ.Server.Configuration;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What an idle log says, and what that is good for.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    private static Task<RunningWrit> StartAsync(FakeTime time) =>
        RunningWrit.StartAsync(time, with: options => options with { Ledger = options.Ledger with { HeartbeatInterval = Interval } });

    private static async Task<long> SizeAsync(RunningWrit writ, string log) =>
        (await writ.GetAsync("/v1/ledger"))["logs"]!.AsArray().FirstOrDefault(l => l!["origin"]!.GetValue<string>().EndsWith(log, StringComparison.Ordinal))?["size"]!.GetValue<long>() ?? 0;

    /// <summary>Lets time pass until the decision log has grown.</summary>
    private static async Task UntilItBeatsAsync(RunningWrit writ, FakeTime time)
    {
        var before = await SizeAsync(writ, "/decisions");
        while (await SizeAsync(writ, "/decisions") == before)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task An_idle_log_gets_a_heartbeat_that_names_the_head_of_the_control_log_and_folds_after_a_restart()
    {
        var time = new FakeTime();
        await using var writ = await StartAsync(time);
        await UntilItBeatsAsync(writ, time);
        await UntilItBeatsAsync(writ, time);
        var control = await SizeAsync(writ, "/control");
        await writ.RestartAsync();
        Assert.Equal(control, await SizeAsync(writ, "/control"));
        Assert.Equal(2, await SizeAsync(writ, "/decisions"));
        await writ.StopAsync();

        var verified = await VerifyAsync(writ);
        var log = verified.Ledgers.SelectMany(l => l.Report.Logs).Single(l => l.Origin.EndsWith("/decisions", StringComparison.Ordinal)).Log;
        var record = JsonNode.Parse(log.Read(0).Bytes.Span)!;
        Assert.Equal("heartbeat", record.Word("kind"));
        Assert.Equal(control, record["control"]!["size"]!.GetValue<long>());
        var pause = JsonNode.Parse(log.Read(1).Bytes.Span)!["at"]!.GetValue<long>() - record["at"]!.GetValue<long>();
        Assert.True(TimeSpan.FromMicroseconds(pause) >= Interval);
        Assert.True(verified.IsSound);
    }

    [Fact]
    public async Task T34_a_control_log_that_was_cut_is_told_by_the_heartbeats_where_its_checkpoints_were_cut_along()
    {
        var time = new FakeTime();
        await using var writ = await StartAsync(time);
        await UntilItBeatsAsync(writ, time);
        await writ.StopAsync();
        var earlier = Path.Combine(writ.Folder, "earlier");
        Copy(Path.Combine(writ.Folder, "data", "control"), earlier);
        await writ.RestartAsync();
        await writ.AgentAsync("bot");
        await writ.StopAsync();

        var later = Path.Combine(writ.Folder, "later");
        Copy(Path.Combine(writ.Folder, "data", "control"), later);
        Swap(earlier);
        Assert.True((await VerifyAsync(writ)).IsSound, "nothing has seen the agent yet");
        Swap(later);
        await writ.RestartAsync();
        await UntilItBeatsAsync(writ, time);
        await writ.StopAsync();
        Assert.True((await VerifyAsync(writ)).IsSound);

        Swap(earlier);
        var cut = await VerifyAsync(writ);
        Assert.False(cut.IsSound);
        Assert.Contains("its end was cut off", Assert.Single(cut.Ledgers.SelectMany(l => l.Report.Findings), f => f.IsViolation).Detail, StringComparison.Ordinal);
        Swap(later);

        void Swap(string copy)
        {
            Directory.Delete(Path.Combine(writ.Folder, "data", "control"), recursive: true);
            Copy(copy, Path.Combine(writ.Folder, "data", "control"));
        }
    }

    private static Task<InstallationVerification> VerifyAsync(RunningWrit writ) =>
        InstallationVerification.VerifyAsync(LedgerPlace.Find(Path.Combine(writ.Folder, "data"), null), [], TestContext.Current.CancellationToken);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
