using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Writ.Server.Backups;
using Writ.Testing;

namespace Writ.EndToEnd.Tests;

/// <summary>What a backup of a running server holds, and what becomes of it in another place.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("writ-backup-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_root, "backup");

    private string Keys => Path.Combine(_root, "keys");

    private string Restored => Path.Combine(_root, "restored");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task T80_what_is_restored_works_again_once_it_is_confirmed_and_revives_no_approval_no_key_and_nothing_erased()
    {
        await using var writ = await RunningWrit.StartAsync();
        var warehouse = await Warehouse.SetUpAsync(writ);
        await using var users = await UserPool.RegisterAsync(writ);
        using var gate = writ.Client(warehouse.Point);
        var task = await writ.PostAsync("/v1/tasks", new JsonObject { ["agent"] = warehouse.Agent, ["purpose"] = "testing", ["user_token"] = users.Token("alice") });
        var approved = (await warehouse.AskAsync(gate, 500, Stop)).Word("approval")!;
        await writ.ApproveAsync(approved);
        var waiting = (await warehouse.AskAsync(gate, 600, Stop)).Word("approval")!;
        var before = await warehouse.AskAsync(gate, 5, Stop);
        await TakeUnderLoadAsync(writ, warehouse, gate);

        // What comes after the backup, and is lost with the disk.
        var late = await warehouse.AskAsync(gate, 7, Stop);
        var asked = (await writ.PostAsync("/v1/erasures", new JsonObject { ["subject"] = $"agent/{warehouse.Agent}", ["reason"] = "request 9" }, 202))["erasure"]!;
        await writ.PostAsync($"/v1/erasures/{asked.Word("id")}/confirm", status: 200);
        var erasures = Path.Combine(_root, "erasures.json");
        await File.WriteAllTextAsync(erasures, (await writ.GetAsync("/v1/erasures")).ToJsonString(), Stop);
        await writ.StopAsync();

        var report = await RestoreAsync(new RestoreRequest(Backup, Keys) { Seen = [Path.Combine(writ.Folder, "config", "checkpoints")], Erasures = erasures });
        Assert.Equal(1, report.Erased);
        Assert.All(report.Logs, log => Assert.True(log.LastSize > log.Size, $"{log}"));

        await using var after = await RunningWrit.StartAsync(folder: Restored);
        using var restoredGate = after.Client(warehouse.Point);
        var refused = await warehouse.AskAsync(restoredGate, 5, Stop);
        Assert.Equal(("DENY", "WRIT2091"), (refused.Word("outcome"), refused.Word("code")));
        var shown = await after.GetAsync("/v1/restoration");
        Assert.False(shown["confirmed"]!.GetValue<bool>());
        Assert.Equal(report.Logs.Select(log => log.LastSize), shown["logs"]!.AsArray().Select(log => (long?)log!["last_size"]!.GetValue<long>()));
        Assert.Equal("WRIT9105", (await after.PostAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = "restored-20200101t000000z.writ.local" }, 409)).Word("code"));
        Assert.True((await after.PostAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = report.Domain }, 200))["solo"]!.GetValue<bool>());
        await after.PostAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = report.Domain }, 409);

        // It decides again. No approval of before counts, given or asked for; nothing late is there; the erased stays erased.
        Assert.Equal("ALLOW", (await warehouse.AskAsync(restoredGate, 5, Stop)).Word("outcome"));
        var again = await warehouse.AskAsync(restoredGate, 500, Stop);
        Assert.Equal("REQUIRE_APPROVAL", again.Word("outcome"));
        Assert.NotEqual(approved, again.Word("approval"));
        Assert.Equal([again.Word("approval")], (await after.GetAsync("/v1/approvals"))["approvals"]!.AsArray().Select(a => a!.Word("id")));
        Assert.Equal(404, (await StatusAsync(after, $"/v1/approvals/{waiting}")));
        Assert.Equal(404, (await StatusAsync(after, $"/v1/decisions/{late.Word("id")}")));
        Assert.Equal("erased", (await after.GetAsync($"/v1/decisions/{before.Word("id")}/payload")).Word("state"));

        // The agent's key, and the task's token with it, works when somebody vouches for it.
        Assert.Equal(HttpStatusCode.Unauthorized, await ListAsync(after, warehouse, task.Word("token")!));
        var suspended = Assert.Single((await after.GetAsync("/v1/restoration"))["suspended_keys"]!.AsArray())!;
        await after.PostAsync($"/v1/restoration/keys/{suspended.Word("key_id")}", status: 200);
        Assert.Equal(HttpStatusCode.OK, await ListAsync(after, warehouse, task.Word("token")!));
        await after.PostAsync($"/v1/restoration/keys/{suspended.Word("key_id")}", status: 409);

        // All of that is in the log: a restart changes nothing, and an approval of afterwards stays.
        await after.ApproveAsync(again.Word("approval")!);
        await after.RestartAsync();
        using var restarted = after.Client(warehouse.Point);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(restarted, 500, Stop)).Word("outcome"));
        Assert.Equal("erased", (await after.GetAsync($"/v1/decisions/{before.Word("id")}/payload")).Word("state"));
        await after.StopAsync();
        Assert.All((await Ledgers.RecordsAsync(Restored, "control")).Where(r => r["action"]!.Word("kind") == "installation.restored"), r => Assert.Null(r["by"]!["person"]));
    }

    [Fact]
    public async Task Two_people_confirm_a_restore_where_there_are_two_and_each_that_the_other_did_not_make()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var warehouse = await Warehouse.SetUpAsync(writ);
        var second = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "second", ["capabilities"] = new JsonArray("security") })).Word("token")!;
        var third = (await writ.PostAsync("/v1/people", new JsonObject { ["name"] = "third", ["capabilities"] = new JsonArray("app") })).Word("token")!;
        await writ.PostAsync("/v1/ledger/checkpoint", status: 200);
        await TakeAsync(writ);
        await writ.StopAsync();
        var domain = (await RestoreAsync(new RestoreRequest(Backup, Keys), time)).Domain;

        await using (var early = await RunningWrit.StartAsync(time, Restored))
        {
            Assert.Equal(403, await ConfirmAsync(early, third, domain));
            Assert.Equal(200, await ConfirmAsync(early, early.AdministratorToken, domain));
            Assert.Equal(409, await ConfirmAsync(early, early.AdministratorToken, domain));
            Assert.Equal(409, await ConfirmAsync(early, second, domain)); // made by the first a moment ago
            using var gate = early.Client(warehouse.Point);
            Assert.Equal("WRIT2091", (await warehouse.AskAsync(gate, 1, Stop)).Word("code"));
        }

        await using var later = await RunningWrit.StartAsync(new FakeTime(time.GetUtcNow() + TimeSpan.FromDays(31)), Restored);
        Assert.Equal(200, await ConfirmAsync(later, second, domain));
        Assert.False((await later.GetAsync("/v1/restoration"))["solo"]!.GetValue<bool>());
        using var open = later.Client(warehouse.Point);
        Assert.Equal("ALLOW", (await warehouse.AskAsync(open, 1, Stop)).Word("outcome"));
    }

    [Fact]
    public async Task Each_restore_of_one_backup_has_logs_of_its_own_and_a_restored_installation_is_backed_up_and_restored_again()
    {
        var time = new FakeTime();
        await using var writ = await RunningWrit.StartAsync(time);
        var warehouse = await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        await TakeAsync(writ);
        var first = await RestoreAsync(new RestoreRequest(Backup, Keys), time);
        Assert.All(first.Logs, log => Assert.Null(log.LastSize));
        await using (var one = await RunningWrit.StartAsync(time, Restored))
        {
            Assert.Equal(200, await ConfirmAsync(one, one.AdministratorToken, first.Domain));
            using var gate = one.Client(warehouse.Point);
            Assert.Equal("ALLOW", (await warehouse.AskAsync(gate, 1, Stop)).Word("outcome"));
            Assert.All((await one.GetAsync("/v1/ledger"))["logs"]!.AsArray(), log => Assert.StartsWith(first.Domain + "/", log!.Word("origin"), StringComparison.Ordinal));
        }

        time.Advance(TimeSpan.FromSeconds(2));
        var (again, keys, third) = (Path.Combine(_root, "backup-2"), Path.Combine(_root, "keys-2"), Path.Combine(_root, "restored-2"));
        var (manifest, fault) = await InstallationBackup.TakeAsync(RunningWrit.OptionsIn(Restored), again, keys, TimeProvider.System, Stop);
        Assert.True(manifest is not null, fault?.ToString());
        var second = await RestoreAsync(new RestoreRequest(again, keys), time, third);
        Assert.NotEqual(first.Domain, second.Domain);
        Assert.All(second.Logs, log => Assert.StartsWith(first.Domain, log.Origin, StringComparison.Ordinal));
        await using var two = await RunningWrit.StartAsync(time, third);
        using var refused = two.Client(warehouse.Point);
        Assert.Equal("WRIT2091", (await warehouse.AskAsync(refused, 1, Stop)).Word("code"));
        Assert.Equal(200, await ConfirmAsync(two, two.AdministratorToken, second.Domain));
        Assert.Equal("ALLOW", (await warehouse.AskAsync(refused, 1, Stop)).Word("outcome"));
    }

    [Fact]
    public async Task A_backup_that_decayed_or_was_altered_and_a_place_where_something_is_are_refused()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        Assert.Equal("WRIT2092", (await InstallationBackup.TakeAsync(RunningWrit.OptionsIn(writ.Folder), Backup, Path.Combine(Backup, "keys"), TimeProvider.System, Stop)).Fault!.Code);
        await TakeAsync(writ);
        Assert.Equal("WRIT2092", (await InstallationBackup.TakeAsync(RunningWrit.OptionsIn(writ.Folder), Backup, Keys, TimeProvider.System, Stop)).Fault!.Code);
        Assert.DoesNotContain(Directory.EnumerateFiles(Backup, "*", SearchOption.AllDirectories), file => Path.GetExtension(file) is ".key" or ".keys" or ".token");
        Assert.All(Directory.EnumerateFiles(Keys), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        foreach (var file in Directory.EnumerateFiles(Backup, "*", SearchOption.AllDirectories).ToList())
        {
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            var altered = bytes.ToArray();
            altered[Array.FindLastIndex(altered, b => b != 0)] ^= 1;
            await File.WriteAllBytesAsync(file, altered, Stop);
            Assert.Equal("WRIT2093", await RefusalAsync(new RestoreRequest(Backup, Keys)));
            await File.WriteAllBytesAsync(file, bytes, Stop);
        }

        await File.WriteAllTextAsync(Path.Combine(Backup, "more"), "", Stop);
        Assert.Equal("WRIT2093", await RefusalAsync(new RestoreRequest(Backup, Keys)));
        File.Delete(Path.Combine(Backup, "more"));
        Assert.Equal("WRIT2094", await RefusalAsync(new RestoreRequest(Backup, Path.Combine(_root, "nowhere"))));
        Assert.Equal("WRIT2094", await RefusalAsync(new RestoreRequest(Backup, Keys) { Seen = [Path.Combine(Backup, "backup.json")] }));
        Directory.CreateDirectory(Path.Combine(Restored, "data"));
        await File.WriteAllTextAsync(Path.Combine(Restored, "data", "mine"), "", Stop);
        Assert.Equal("WRIT2094", await RefusalAsync(new RestoreRequest(Backup, Keys)));
        Assert.True(File.Exists(Path.Combine(Restored, "data", "mine")));
        Directory.Delete(Restored, recursive: true);
        await RestoreAsync(new RestoreRequest(Backup, Keys));
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_no_key_anywhere_and_one_that_is_cut_short_never_starts()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        await TakeAsync(writ);
        var options = RunningWrit.OptionsIn(Restored) with { MasterKeyFile = Path.Combine(_root, "elsewhere", "master.key") };
        Directory.CreateDirectory(Path.GetDirectoryName(options.MasterKeyFile)!);

        // It fails after the keys are there: refused, and cancelled.
        var unread = new RestoreRequest(Backup, Keys) { Seen = [Path.Combine(Backup, "backup.json")] };
        Assert.Equal("WRIT2094", (await InstallationRestore.RunAsync(unread, options, TimeProvider.System, Stop)).Fault!.Code);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InstallationRestore.RunAsync(new RestoreRequest(Backup, Keys), options, TimeProvider.System, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(options.MasterKeyFile));
        Assert.False(Directory.Exists(options.ConfigurationFolder) || Directory.Exists(options.DataFolder));

        // A master key that is there already and is the same is no obstacle, and stays where it was.
        File.Copy(Path.Combine(Keys, "master.key"), options.MasterKeyFile);
        await InstallationRestore.RunAsync(unread, options, TimeProvider.System, Stop);
        Assert.True(File.Exists(options.MasterKeyFile));
        Assert.NotNull((await InstallationRestore.RunAsync(new RestoreRequest(Backup, Keys), options, TimeProvider.System, Stop)).Report);
        var marker = Path.Combine(options.ConfigurationFolder, "restore.unfinished");
        Assert.False(File.Exists(marker));

        await File.WriteAllTextAsync(marker, "", Stop);
        var start = await Writ.Server.WritServer.StartAsync(options, TimeProvider.System, Stop);
        Assert.Equal("WRIT2095", Assert.IsType<Writ.Server.ServerStart.Refused>(start).Code);
    }

    [Fact]
    public async Task However_many_were_erased_after_the_backup_each_is_erased_again()
    {
        await using var writ = await RunningWrit.StartAsync();
        await Warehouse.SetUpAsync(writ);
        await writ.StopAsync();
        await TakeAsync(writ);
        var list = Path.Combine(_root, "erasures.json");
        var erasures = Enumerable.Range(0, 2_500).Select(_ => (JsonNode)new JsonObject { ["state"] = "executed", ["subject"] = $"user/{Guid.NewGuid():D}" });
        await File.WriteAllTextAsync(list, new JsonObject { ["erasures"] = new JsonArray([.. erasures]) }.ToJsonString(), Stop);
        var report = await RestoreAsync(new RestoreRequest(Backup, Keys) { Erasures = list });
        Assert.Equal(2_500, report.Erased);
        await using var after = await RunningWrit.StartAsync(folder: Restored);
        Assert.Equal(200, await ConfirmAsync(after, after.AdministratorToken, report.Domain));
        await after.StopAsync();
        var recorded = (await Ledgers.RecordsAsync(Restored, "control")).Where(r => r["action"]!.Word("kind") == "installation.restored");
        Assert.Equal([1_000, 1_000, 500], recorded.Select(r => r["action"]!["erased"]!.AsArray().Count));
    }

    /// <summary>Backs up while eight callers ask.</summary>
    private async Task TakeUnderLoadAsync(RunningWrit writ, Warehouse warehouse, HttpClient gate)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
                await warehouse.AskAsync(gate, 3, Stop);
        }).ToArray();
        await TakeAsync(writ);
        await enough.CancelAsync();
        await Task.WhenAll(load);
    }

    private async Task TakeAsync(RunningWrit writ)
    {
        var (manifest, fault) = await InstallationBackup.TakeAsync(RunningWrit.OptionsIn(writ.Folder), Backup, Keys, TimeProvider.System, Stop);
        Assert.True(manifest is not null, fault?.ToString());
        Assert.NotEmpty(manifest.Logs);
    }

    private async Task<RestoreReport> RestoreAsync(RestoreRequest request, TimeProvider? time = null, string? folder = null)
    {
        var (report, fault) = await InstallationRestore.RunAsync(request, RunningWrit.OptionsIn(folder ?? Restored), time ?? TimeProvider.System, Stop);
        Assert.True(report is not null, fault?.ToString());
        return report;
    }

    private async Task<string> RefusalAsync(RestoreRequest request)
    {
        var (report, fault) = await InstallationRestore.RunAsync(request, RunningWrit.OptionsIn(Restored), TimeProvider.System, Stop);
        Assert.Null(report);
        return fault!.Code;
    }

    private static async Task<int> ConfirmAsync(RunningWrit writ, string token, string domain)
    {
        using var client = writ.Client(token);
        using var answer = await client.PostAsJsonAsync("/v1/restoration/confirm", new JsonObject { ["domain"] = domain }, Stop);
        return (int)answer.StatusCode;
    }

    private static async Task<int> StatusAsync(RunningWrit writ, string path)
    {
        using var answer = await writ.Administrator.GetAsync(path, Stop);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpStatusCode> ListAsync(RunningWrit writ, Warehouse warehouse, string task)
    {
        using var agent = new McpAgent(writ, warehouse.AgentKey) { Task = task };
        using var answer = await agent.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");
        return answer.StatusCode == HttpStatusCode.Unauthorized ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
    }
}
