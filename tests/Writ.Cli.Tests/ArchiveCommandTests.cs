using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Archiving;
using Writ.Ledger.Checkpoints;
using Writ.Testing;

namespace Writ.Cli.Tests;

/// <summary>What <c>writ ledger archive</c> says of archives, sound and touched.</summary>
public sealed class ArchiveCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("writ-archive-");
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_root.FullName, "archive");

    private string Checkpoints => Path.Combine(_root.FullName, "checkpoints");

    private string Key => Convert.ToBase64String(_key.PublicKey.Bytes);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Archive);
        var opening = await MerkleLedger.OpenAsync(new LedgerOptions
        {
            DataFolder = Path.Combine(_root.FullName, "data", "decisions"), Checkpoints = new CheckpointFolder(Path.Combine(Checkpoints, "decisions")), SigningKey = _key,
            SegmentBytes = 256 * 1024, VaultSegmentBytes = 256 * 1024, ReserveBytes = 16 * 1024, MaxPayloadBytes = 32 * 1024, CheckpointInterval = TimeSpan.Zero,
        });
        await using var ledger = Assert.IsType<LedgerOpening.Opened>(opening).Ledger;
        var log = Assert.IsType<LogOpening.Opened>(await ledger.OpenLogAsync("writ.local/default/decisions")).Log;
        for (var i = 0; i < 300; i++)
            await ledger.AppendAsync(log, new byte[2_000], new byte[3_000]);
        var archiver = new LedgerArchiver(ledger, new ArchiveOptions { Name = "decisions", Target = new FolderArchive(Archive) });
        while (await archiver.StepAsync(Stop))
        {
        }

        Assert.Null(archiver.State.Fault);
    }

    public ValueTask DisposeAsync()
    {
        _key.Dispose();
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_archive_verifies_by_the_key_alone_comes_out_again_and_verifies_as_a_folder()
    {
        var run = await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--key", Key);
        Assert.True(run.Exit == 0, run.Output + run.Error);
        Assert.Contains("sound: every segment", run.Output, StringComparison.Ordinal);
        Assert.Contains("not proved: anything of the records after", run.Output, StringComparison.Ordinal);
        var json = (await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--key", Key, "--json")).Json;
        Assert.True(json.GetProperty("sound").GetBoolean() && json.GetProperty("signed_for_whole").GetBoolean());
        Assert.False((await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--json")).Json.GetProperty("signed_for_whole").GetBoolean());

        var restored = Path.Combine(_root.FullName, "restored");
        Assert.Equal(0, (await CliRun.OfAsync("ledger", "archive", "restore", $"folder:{Archive}", restored)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "archive", "restore", $"folder:{Archive}", restored)).Exit);
        run = await CliRun.OfAsync("ledger", "verify", restored, "--prefix", "--checkpoints", Checkpoints, "--key", Key);
        Assert.True(run.Exit == 0, run.Output + run.Error);
        Assert.Contains("reaches beyond what is here", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", restored, "--checkpoints", Checkpoints, "--key", Key)).Exit);
    }

    [Fact]
    public async Task The_commands_of_the_page_work_as_they_stand_there()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "archive.md"), Stop);
        var lines = page.Split("```console\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        foreach (var line in lines.Where(l => l != "writ ledger archive status"))
        {
            var words = line.Replace("/mnt/archive", Archive, StringComparison.Ordinal).Replace("writ.vkey", Key, StringComparison.Ordinal)
                .Replace("/tmp/restored", Path.Combine(_root.FullName, "restored"), StringComparison.Ordinal).Split(' ');
            var run = await CliRun.OfAsync(words[1..]);
            Assert.True(run.Exit == 0, $"{line}: {run.Output}{run.Error}");
        }
    }

    [Fact]
    public async Task T34_T38_what_is_missing_changed_or_signed_by_another_is_a_no()
    {
        using var other = Ed25519PrivateKey.Generate();
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--key", Convert.ToBase64String(other.PublicKey.Bytes))).Exit);

        var file = Directory.GetFiles(Path.Combine(Archive, "decisions", "segments"), "*.br").Order().First();
        var good = await File.ReadAllBytesAsync(file, Stop);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(file, [.. good[..^9], (byte)(good[^9] ^ 1), .. good[^8..]], Stop);
        var run = await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--key", Key);
        Assert.Equal(1, run.Exit);
        Assert.Contains("has another digest", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "archive", "restore", $"folder:{Archive}", Path.Combine(_root.FullName, "bad"))).Exit);
        File.Delete(file);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{Archive}", "--key", Key)).Exit);
    }

    [Fact]
    public async Task What_is_no_archive_is_bad_input_and_what_is_not_there_failed()
    {
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "archive", "verify", Archive, "--key", Key)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "archive", "verify", "folder:relative", "--key", Key)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "archive", "verify", "s3://bucket", "--s3-endpoint", "http://s3.example", "--key", Key)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "archive", "verify", $"folder:{AppContext.BaseDirectory}", "--key", Key)).Exit);
        Assert.Equal(3, (await CliRun.OfAsync("ledger", "archive", "verify", "folder:/no/such/folder", "--key", Key)).Exit);
    }

    [Fact]
    public async Task A_running_server_says_how_far_it_is_and_that_its_archive_is_not_there()
    {
        await using (var none = await RunningServer.StartAsync())
        {
            Assert.Equal(0, (await none.RunAsync("ledger", "archive", "status")).Exit);
            var shown = await none.RunAsync("ledger", "show");
            Assert.Contains("no damage", shown.Output, StringComparison.Ordinal);
        }

        await using var server = await RunningServer.StartAsync("--set", $"archive.target=folder:{Archive}/not-there");
        CliRun status;
        do
        {
            status = await server.RunAsync("ledger", "archive", "status");
            Stop.ThrowIfCancellationRequested();
        }
        while (status.Exit == 0);
        Assert.Equal(1, status.Exit);
        Assert.Contains("WRIT2101", status.Output, StringComparison.Ordinal);
        Directory.CreateDirectory($"{Archive}/not-there");
    }
}
