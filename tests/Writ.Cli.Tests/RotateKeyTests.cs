
namespace Writ.Cli.Tests;

public sealed class RotateKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-rotate-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_knows_the_old_key_follows_to_the_new_one_and_who_knows_the_new_one_back()
    {
        var first = await RunningServer.StartAsync();
        var before = Path.Combine(_folder, "before.tlog-proof");
        var old = (await Done(first.RunAsync("ledger", "prove", "--log", "control", "--index", "1", "--out", before, "--json"))).Json.GetProperty("key").GetString()!;
        string[] rotate = ["ledger", "rotate-key", "--data", first.Data, "--configuration", first.Configuration, "--set", "ledger.segment_bytes=32 MiB", "--json"];
        Assert.Equal(3, (await CliRun.OfAsync(rotate)).Exit); // the server runs
        var home = await first.LeaveAsync();

        var rotated = await Done(CliRun.OfAsync(rotate));
        var (from, to) = (rotated.Json.GetProperty("from").GetString()!, rotated.Json.GetProperty("to").GetString()!);
        Assert.NotEqual(from, to);
        await using var server = await RunningServer.StartAsync(home);
        var shown = await Done(server.RunAsync("ledger", "show", server.Data, "--log", "control", "--tail", "1", "--json"));
        Assert.Contains("signing-key.rotated", shown.Output, StringComparison.Ordinal);
        await Done(server.RunAsync("agent", "add", "bot"));
        var after = Path.Combine(_folder, "after.tlog-proof");
        await Done(server.RunAsync("ledger", "prove", "--log", "control", "--index", "2", "--out", after));

        var history = Path.Combine(server.Configuration, "signing.keys");
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "verify", before, "--key", old)).Exit);
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "verify", after, "--key", to)).Exit);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", after, "--key", old)).Exit);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", before, "--key", to)).Exit);
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "verify", after, "--key", old, "--key-history", history)).Exit);
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "verify", before, "--key", to, "--key-history", history)).Exit);
        Assert.Equal(0, (await server.RunAsync("ledger", "verify", server.Url + "log/control", "--key", old)).Exit);
        Assert.Equal(0, (await server.RunAsync("ledger", "verify", server.Data)).Exit);

        var forged = Path.Combine(_folder, "forged.keys");
        await File.WriteAllTextAsync(forged, (await File.ReadAllTextAsync(history, Stop)).Replace(from, to, StringComparison.Ordinal), Stop);
        var refused = await CliRun.OfAsync("ledger", "verify", after, "--key", old, "--key-history", forged);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("WRIT2050", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(0, (await server.RunAsync("ledger", "verify", server.Data)).Exit);
    }

    [Fact]
    public async Task A_rotation_that_was_cut_short_between_its_files_is_finished_by_the_next_start()
    {
        var first = await RunningServer.StartAsync();
        var key = Path.Combine(first.Configuration, "signing.key");
        var old = await File.ReadAllBytesAsync(key, Stop);
        var home = await first.LeaveAsync();
        await Done(CliRun.OfAsync("ledger", "rotate-key", "--data", first.Data, "--configuration", first.Configuration, "--set", "ledger.segment_bytes=32 MiB"));

        // As it lies after the statement was written, and before the new key took the old one's place.
        var next = await File.ReadAllBytesAsync(key, Stop);
        File.Move(key, key + ".next");
        await File.WriteAllBytesAsync(key, old, Stop);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using (var server = await RunningServer.StartAsync(home))
        {
            Assert.Equal(next, await File.ReadAllBytesAsync(key, Stop));
            Assert.False(File.Exists(key + ".next"));
            Assert.Equal(0, (await server.RunAsync("ledger", "verify", server.Data)).Exit);
        }
    }

    [Fact]
    public async Task A_folder_without_an_installation_is_left_as_it_is()
    {
        var run = await CliRun.OfAsync("ledger", "rotate-key", "--data", Path.Combine(_folder, "data"), "--configuration", Path.Combine(_folder, "config"));
        Assert.Equal(3, run.Exit);
        Assert.Contains("holds no installation", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private static async Task<CliRun> Done(Task<CliRun> running)
    {
        var run = await running;
        Assert.True(run.Exit == 0, run.Error + run.Output);
        return run;
    }
}
