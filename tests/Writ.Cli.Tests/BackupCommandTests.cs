namespace Writ.Cli.Tests;

public sealed class BackupCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_running_server_is_backed_up_verified_restored_elsewhere_and_confirmed()
    {
        var (backup, keys) = (Path.Combine(_folder, "backup"), Path.Combine(_folder, "keys"));
        await using var server = await RunningServer.StartAsync();
        await Done(server.RunAsync("agent", "add", "bot"));
        var taken = await Done(CliRun.OfAsync("backup", "--to", backup, "--keys", keys, "--data", server.Data, "--configuration", server.Configuration, "--json"));
        Assert.Equal(backup, taken.Json.GetProperty("backup").GetString());
        var verified = await Done(CliRun.OfAsync("backup", "verify", backup, "--json"));
        Assert.True(verified.Json.GetProperty("verification").GetProperty("sound").GetBoolean());
        Assert.Equal(1, (await CliRun.OfAsync("backup", "verify", keys)).Exit);
        var refused = await CliRun.OfAsync("backup", "--to", backup);
        Assert.Equal(2, refused.Exit);
        Assert.Contains("--keys", refused.Error, StringComparison.Ordinal);

        var elsewhere = Directory.CreateTempSubdirectory("writ-restored-");
        string[] restore =
        [
            "restore", "--from", backup, "--keys", keys, "--seen", Path.Combine(server.Configuration, "checkpoints"), "--set", "ledger.segment_bytes=32 MiB",
            "--data", Path.Combine(elsewhere.FullName, "data"), "--configuration", Path.Combine(elsewhere.FullName, "configuration"), "--json",
        ];
        var domain = (await Done(CliRun.OfAsync(restore))).Json.GetProperty("domain").GetString()!;
        var again = await CliRun.OfAsync(restore);
        Assert.Equal(3, again.Exit);
        Assert.Contains("WRIT2094", again.Output + again.Error, StringComparison.Ordinal);

        await using var restored = await RunningServer.StartAsync(elsewhere);
        var shown = await Done(restored.RunAsync("restore", "show"));
        Assert.Contains("waits for two people", shown.Output, StringComparison.Ordinal);
        Assert.Contains("nothing that was signed for", shown.Output, StringComparison.Ordinal);
        Assert.Contains("bot", shown.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await restored.RunAsync("restore", "confirm", "restored-20200101t000000z.writ.local")).Exit);
        Assert.Contains("decisions are made", (await Done(restored.RunAsync("restore", "confirm", domain))).Output, StringComparison.Ordinal);
        var suspended = (await Done(restored.RunAsync("restore", "show", "--json"))).Json.GetProperty("suspended_keys")[0].GetProperty("key_id").GetString()!;
        var vouched = await Done(restored.RunAsync("restore", "reconfirm", suspended, "--json"));
        Assert.Equal(0, vouched.Json.GetProperty("suspended_keys").GetArrayLength());
        await Done(restored.RunAsync("ledger", "verify", restored.Data));
        await Done(restored.RunAsync("ledger", "verify", restored.Url));
        Assert.NotEqual(0, (await server.RunAsync("restore", "show")).Exit);
    }

    private static async Task<CliRun> Done(Task<CliRun> run)
    {
        var done = await run;
        Assert.True(done.Exit == 0, $"{done.Exit}: {done.Output}{done.Error}");
        return done;
    }
}
