using System.Net;
using System.Text.Json.Nodes;
using Writ.Ledger.Notes;
using Writ.Server;
using Writ.Server.Backups;
using Writ.Server.Configuration;
using Writ.Server.Witnessing;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>An installation that was set back as a whole, before a real witness that saw more of it.</summary>
public sealed class WitnessedRollbackTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("writ-rollback-").FullName;
    private readonly FakeTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Policy => Path.Combine(_root, "witnesses.policy");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task T41_both_folders_set_back_together_do_not_start_before_a_witness_that_saw_more_and_not_without_it_afterwards()
    {
        await using var stage = await StageAsync();
        var start = await WritServer.StartAsync(Options(stage.Copy), _time, Stop);
        Assert.Equal("WRIT2048", Assert.IsType<ServerStart.Refused>(start).Code);

        // It does not forget what it was shown, also where nobody shows it any more.
        await stage.Witness.DisposeAsync();
        start = await WritServer.StartAsync(RunningWrit.OptionsIn(stage.Copy), _time, Stop);
        Assert.Equal("WRIT2026", Assert.IsType<ServerStart.Refused>(start).Code);
        Assert.Equal(stage.Copied, (await Ledgers.RecordsAsync(stage.Copy, "decisions")).Count);
    }

    [Fact]
    public async Task T41_a_witness_that_comes_back_stops_an_installation_that_was_set_back_meanwhile()
    {
        await using var stage = await StageAsync();
        var address = stage.Witness.Address;
        await stage.Witness.DisposeAsync();
        var start = await WritServer.StartAsync(Options(stage.Copy), _time, Stop);
        await using var back = Assert.IsType<ServerStart.Started>(start).Server;
        using var gate = new HttpClient { BaseAddress = back.Address, DefaultRequestHeaders = { Authorization = new("Bearer", stage.Warehouse.Point) } };
        Assert.Equal("ALLOW", (await stage.Warehouse.AskAsync(gate, 1, Stop)).Word("outcome")); // a witness that is lost keeps nobody waiting

        await using var again = await WitnessAsync(stage.Keys, address.Port);
        HttpRequestException? refused = null;
        while (refused is null)
        {
            Stop.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            try
            {
                if ((await stage.Warehouse.AskAsync(gate, 1, Stop)).Word("code") == "WRIT2000")
                    break;
            }
            catch (HttpRequestException answered) when (answered.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                refused = answered;
            }
        }

        using (var ready = await gate.GetAsync("/readyz", Stop))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        await back.DisposeAsync();
        await again.DisposeAsync();
        start = await WritServer.StartAsync(RunningWrit.OptionsIn(stage.Copy), _time, Stop);
        Assert.Matches("WRIT202[67]", Assert.IsType<ServerStart.Refused>(start).Code);
    }

    [Fact]
    public async Task A_restore_never_looks_like_a_log_that_went_back_and_its_logs_are_cosigned_under_their_new_names()
    {
        await using var stage = await StageAsync(backUp: true);
        var seen = await LatestAsync(stage);
        var restored = Path.Combine(_root, "restored");
        var (report, fault) = await InstallationRestore.RunAsync(
            new RestoreRequest(Path.Combine(_root, "backup"), Path.Combine(_root, "keys")) { Seen = [.. seen.Keys] }, RunningWrit.OptionsIn(restored), _time, Stop);
        Assert.True(report is not null, fault?.ToString());
        Assert.All(report.Logs, log => Assert.True(log.Cosigned));
        var decisions = report.Logs.Single(log => log.Origin.EndsWith("/decisions", StringComparison.Ordinal));
        Assert.True(decisions.LastSize > decisions.Size);

        // The same witness, told the new names.
        var address = stage.Witness.Address;
        await stage.Witness.DisposeAsync();
        var keys = report.VerifierKeys.Select(text => NoteVerifierKey.TryParse(text, out var key) ? key : throw new InvalidOperationException(text));
        await using var witness = await WitnessAsync([.. stage.Keys, .. keys], address.Port);
        await using var writ = await RunningWrit.StartAsync(_time, restored, WithWitness);
        await writ.PostAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = report.Domain }, 200);
        using var gate = writ.Client(stage.Warehouse.Point);
        Assert.Equal("ALLOW", (await stage.Warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
        await WitnessedAsync(writ);
        Assert.Equal(seen.Values, (await LatestAsync(stage)).Values);
    }

    private static ServerOptions WithPolicy(ServerOptions options, string policy) => options with { Ledger = options.Ledger with { WitnessPolicyFile = policy } };

    private ServerOptions WithWitness(ServerOptions options) => WithPolicy(options, Policy);

    private ServerOptions Options(string folder) => WithWitness(RunningWrit.OptionsIn(folder));

    /// <summary>An installation whose witness saw three decisions, and a copy of both its folders from when it had seen one.</summary>
    private async Task<Stage> StageAsync(bool backUp = false)
    {
        var folder = Path.Combine(_root, "writ");
        Warehouse warehouse;
        NoteVerifierKey[] keys;
        await using (var first = await RunningWrit.StartAsync(_time, folder))
        {
            warehouse = await Warehouse.SetUpAsync(first);
            using var gate = first.Client(warehouse.Point);
            await warehouse.AskAsync(gate, 1, Stop);
            keys = [.. (await first.GetAsync("/v1/ledger"))["logs"]!.AsArray().Select(log => NoteVerifierKey.TryParse(log!.Word("verifier_key")!, out var key) ? key : throw new InvalidOperationException())];
        }

        var witness = await WitnessAsync(keys, 0);
        await File.WriteAllTextAsync(Policy, $"witness w1 {witness.VerifierKey} {witness.Address}\nquorum w1\n", Stop);
        var copied = (await Ledgers.RecordsAsync(folder, "decisions")).Count;
        if (backUp)
            Assert.Null((await InstallationBackup.TakeAsync(RunningWrit.OptionsIn(folder), Path.Combine(_root, "backup"), Path.Combine(_root, "keys"), TimeProvider.System, Stop)).Fault);
        string copy;
        await using (var writ = await RunningWrit.StartAsync(_time, folder, WithWitness))
        {
            copy = await writ.CrashedCopyAsync();
            using var gate = writ.Client(warehouse.Point);
            await warehouse.AskAsync(gate, 2, Stop);
            await warehouse.AskAsync(gate, 3, Stop);
            await writ.AgentAsync("later");
            await WitnessedAsync(writ);
        }

        return new Stage(warehouse, witness, keys, copy, copied);
    }

    private async Task<WitnessServer> WitnessAsync(IReadOnlyList<NoteVerifierKey> logs, int port)
    {
        var options = new WitnessOptions { Folder = Path.Combine(_root, "witness"), Name = "w1.example", Logs = logs, Listen = new IPEndPoint(IPAddress.Loopback, port) };
        var (server, fault) = await WitnessServer.StartAsync(options, TimeProvider.System, Stop);
        Assert.True(server is not null, fault?.ToString());
        return server;
    }

    /// <summary>Until the witness has cosigned everything there is.</summary>
    private async Task WitnessedAsync(RunningWrit writ)
    {
        await writ.PostAsync("/v1/ledger/checkpoint", status: 200);
        while ((await writ.GetAsync("/v1/ledger"))["logs"]!.AsArray().Any(log => log!["witnessed_size"]?.GetValue<long>() != log["size"]!.GetValue<long>()))
        {
            Stop.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>What the witness cosigned last of the first logs, by the file it is saved in.</summary>
    private async Task<SortedDictionary<string, string>> LatestAsync(Stage stage)
    {
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_root, "witness"), "*.checkpoint", SearchOption.AllDirectories))
        {
            var note = await File.ReadAllTextAsync(file, Stop);
            if (!stage.Keys.Any(key => note.StartsWith(key.Name + "\n", StringComparison.Ordinal)))
                continue;
            var saved = Path.Combine(_root, Path.GetFileName(file));
            await File.WriteAllTextAsync(saved, note, Stop);
            notes[saved] = note;
        }

        return notes;
    }

    private sealed record Stage(Warehouse Warehouse, WitnessServer Witness, NoteVerifierKey[] Keys, string Copy, int Copied) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Witness.DisposeAsync();
            Directory.Delete(Copy, recursive: true);
        }
    }
}
