using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Pruning;
using Writ.Ledger.Verification;
using Writ.Server.Backups;
using Writ.Server.Configuration;
using Writ.Server.Installation;
using Writ.Testing;

namespace Writ.Server.Tests.Installation;

/// <summary>Records past their retention go from a real installation, and everything that stood on them still stands.</summary>
public sealed class RecordRetentionTests : IDisposable
{
    private static readonly OrganizationId Organization = OrganizationId.Parse("default");

    private readonly string _folder = Directory.CreateTempSubdirectory("writ-pruned-").FullName;
    private readonly FakeTime _time = new();
    private ulong _records;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ServerOptions Options => Small(RunningServer.OptionsIn(_folder));

    private string Folds => Path.Combine(_folder, "data", "folds");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Records_go_with_their_segment_and_a_start_an_auditor_and_a_reader_know_it()
    {
        await PrunedAsync();
        Assert.False(File.Exists(Path.Combine(_folder, "data", "decisions", "segments", "0000000001.seg")));
        ulong first;
        await using (var installation = await OpenedAsync(Options))
        {
            first = installation.DecisionLog.FirstRecord(Organization);
            Assert.True(first > 0);
            Assert.IsType<FoldStart.Begun>(installation.Services.Folds.Start);
            Assert.Null(await installation.DecisionLog.ReadAsync(Organization, first - 1, Stop));
            Assert.NotNull(await installation.DecisionLog.ReadAsync(Organization, first, Stop));
        }

        var report = await VerifyAsync("decisions", Options);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Contains("/default/control ", Assert.Single(report.PruningRecords), StringComparison.Ordinal);

        await using var writ = await RunningServer.StartWithAsync(_folder, Small, _time);
        var (status, body, _) = await writ.SendAsync("GET", "/v1/records?q=" + Uri.EscapeDataString("order by at asc limit 1"), writ.Person);
        Assert.Equal(200, status);
        Assert.Equal(first, body!["first"]!.GetValue<ulong>());
        Assert.True(body["rows"]![0]!["index"]!.GetValue<ulong>() >= first);
        Assert.InRange(body["matched"]!.GetValue<long>(), 1, (long)(body["records"]!.GetValue<ulong>() - first));
        var (gone, problem, _) = await writ.SendAsync("GET", "/log/decisions/tile/entries/000", writ.Person);
        Assert.Equal((410, "WRIT2132"), (gone, problem!["code"]!.GetValue<string>()));
        Assert.Equal(200, (await writ.SendAsync("GET", "/log/decisions/tile/0/000", writ.Person)).Status);
    }

    [Fact]
    public async Task The_state_of_pruned_records_comes_from_the_snapshot_that_their_record_names_or_the_start_refuses()
    {
        await PrunedAsync();
        File.Delete(Path.Combine(Folds, "decisions.fold"));
        await using (var installation = await OpenedAsync(Options))
            Assert.True(Assert.IsType<FoldStart.Begun>(installation.Services.Folds.Start).Records >= (long)_records);

        File.Delete(Path.Combine(Folds, "decisions.fold"));
        var carried = Assert.Single(Directory.GetFiles(Folds, "*" + FoldSnapshots.CarryingSuffix));
        var bytes = await File.ReadAllBytesAsync(carried, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(carried, bytes, Stop);
        Assert.Equal("WRIT2133", await RefusedAsync());
        File.Delete(carried);
        Assert.Equal("WRIT2133", await RefusedAsync());
    }

    [Fact]
    public async Task T34_records_that_go_without_a_control_record_stop_the_next_start()
    {
        await WorkAsync();
        await using (var installation = await OpenedAsync(Options))
        {
            var limits = installation.Decisions.Logs.ToDictionary(log => log.Origin, log => log.Head.Size);
            while (installation.DecisionLog.FirstRecord(Organization) == 0)
            {
                Assert.Null(installation.Decisions.PruneSegments(limits, ["nobody 0"]));
                await Task.Yield();
                Stop.ThrowIfCancellationRequested();
            }
        }

        Assert.Equal("WRIT2134", await RefusedAsync());
    }

    [Fact]
    public async Task T80_a_backup_of_what_is_left_is_restored_with_the_same_roots_and_knows_what_went()
    {
        await PrunedAsync();
        var (backup, keys, restored) = (Path.Combine(_folder, "backup"), Path.Combine(_folder, "keys"), Path.Combine(_folder, "restored"));
        Assert.Null((await InstallationBackup.TakeAsync(Options, backup, keys, _time, Stop)).Fault);
        var options = Small(RunningServer.OptionsIn(restored));
        var (report, fault) = await InstallationRestore.RunAsync(new RestoreRequest(backup, keys), options, _time, Stop);
        Assert.Null(fault);
        Assert.All(report!.Logs, log => Assert.True(log.Size > 0));
        var verified = await VerifyAsync("decisions", options);
        Assert.True(verified.IsSound, string.Join('\n', verified.Findings));
        Assert.Equal((await VerifyAsync("decisions", Options)).Logs.Select(l => (l.Log.MinimumIndex, l.Root)), verified.Logs.Select(l => (l.Log.MinimumIndex, l.Root)));
        await using var installation = await OpenedAsync(options);
        Assert.IsType<FoldStart.Begun>(installation.Services.Folds.Start);
        Assert.True(installation.DecisionLog.FirstRecord(Organization) > 0);
    }

    private static ServerOptions Small(ServerOptions options) =>
        options with { Ledger = options.Ledger with { SegmentBytes = 256 * 1024, ReserveBytes = 16 * 1024 } };

    private async Task PrunedAsync()
    {
        await WorkAsync();
        _time.Advance(TimeSpan.FromDays(200));
        await using var installation = await OpenedAsync(Options);
        var services = installation.Services;
        while (installation.DecisionLog.FirstRecord(Organization) == 0)
        {
            // The hashes of full segments are made in the background.
            Assert.Null(await services.Retention.PruneAsync(Stop));
            Assert.Null(await services.RecordRetention.PruneAsync(Stop));
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }

        _records = installation.Decisions.Logs.Single().Head.Size;
    }

    /// <summary>Fills more than two segments with decisions.</summary>
    private async Task WorkAsync()
    {
        await using var writ = await RunningServer.StartWithAsync(_folder, Small, _time);
        var (agent, _) = await writ.AgentAsync();
        var point = await writ.PointAsync(agent);
        var request = $$$"""{"subject":{"type":"agent","id":"{{{agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/pay"}}""";
        for (var i = 0; i < 700; i++)
        {
            var (answered, _, _) = await writ.SendAsync("POST", "/access/v1/evaluation", point, request);
            Assert.Equal(200, answered);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task<OpenInstallation> OpenedAsync(ServerOptions options)
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(options, _time, Stop);
        Assert.Null(fault);
        return installation!;
    }

    private async Task<string> RefusedAsync()
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(Options, _time, Stop);
        Assert.Null(installation);
        return fault!.Code;
    }

    private static async Task<VerificationReport> VerifyAsync(string name, ServerOptions options)
    {
        var (keys, _) = InstallationKeys.Open(options, isNew: false);
        using (keys)
        {
            return await LedgerVerifier.VerifyAsync(new VerificationOptions
            {
                DataFolder = Path.Combine(options.DataFolder, name),
                Checkpoints = new CheckpointFolder(Path.Combine(options.ConfigurationFolder, "checkpoints", name)),
                Keys = keys!.History.Keys,
            }, null, Stop);
        }
    }
}
