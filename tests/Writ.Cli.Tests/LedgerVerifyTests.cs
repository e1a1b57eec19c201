namespace Writ.Cli.Tests;

/// <summary>What <c>writ ledger verify</c> says of folders that somebody touched.</summary>
public sealed class LedgerVerifyTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        try
        {
            Copy(_server.Data, _server.Data + ".before");
            Assert.Equal(0, (await _server.RunAsync("agent", "add", "bot")).Exit);
            Assert.Equal(0, await _server.StopAsync());
        }
        catch
        {
            await _server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_untouched_folder_is_sound_by_the_default_key_and_by_a_key_from_elsewhere()
    {
        var run = await _server.RunAsync("ledger", "verify", _server.Data);
        Assert.Equal(0, run.Exit);
        Assert.Contains("sound: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("not proved: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("linked: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _server.RunAsync("ledger", "verify", _server.Data, "--json")).Json.GetProperty("content").GetProperty("problems").GetInt32());
        Assert.Equal(0, (await _server.RunAsync("ledger", "verify", Path.Combine(_server.Data, "control"))).Exit);
        Assert.Equal(1, (await _server.RunAsync("ledger", "verify", _server.Data, "--key", Convert.ToBase64String(OtherKey()))).Exit);
    }

    [Fact]
    public async Task Show_lists_the_last_records_and_only_of_a_folder_that_is_sound()
    {
        var run = await CliRun.OfAsync("ledger", "show", _server.Data, "--log", "control", "--tail", "2", "--json");
        Assert.Equal(0, run.Exit);
        var log = Assert.Single(System.Text.Json.Nodes.JsonNode.Parse(run.Output)!["logs"]!.AsArray())!;
        var records = log["records"]!.AsArray();
        Assert.Equal(2, records.Count);
        Assert.Equal(log["size"]!.GetValue<long>() - 1, records[1]!["index"]!.GetValue<long>());
        Assert.Equal("agent.key.issued", records[1]!["action"]!["kind"]!.GetValue<string>());

        Assert.Equal(2, (await CliRun.OfAsync("ledger", "show", _server.Data, "--tail", "0")).Exit);
        Flip(Path.Combine(_server.Data, "control"), "bot"u8.ToArray());
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "show", _server.Data)).Exit);
    }

    private static void Flip(string ledger, byte[] text)
    {
        var segment = Directory.GetFiles(Path.Combine(ledger, "segments")).Order().First();
        var bytes = File.ReadAllBytes(segment);
        var at = bytes.AsSpan().IndexOf(text);
        Assert.True(at > 0);
        bytes[at] ^= 1;
        File.WriteAllBytes(segment, bytes);
    }

    [Fact]
    public async Task Without_checkpoints_it_says_what_is_not_proved()
    {
        var run = await CliRun.OfAsync("ledger", "verify", _server.Data);
        Assert.Equal(0, run.Exit);
        Assert.Contains("not proved: that nothing was cut from the end", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T32_a_changed_byte_is_found()
    {
        Flip(Path.Combine(_server.Data, "control"), "bot"u8.ToArray());
        var run = await _server.RunAsync("ledger", "verify", _server.Data);
        Assert.Equal(1, run.Exit);
        Assert.Contains("NOT SOUND", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T34_T41_an_older_copy_of_the_folder_is_found()
    {
        Directory.Delete(_server.Data, recursive: true);
        Directory.Move(_server.Data + ".before", _server.Data);
        Assert.Equal(1, (await _server.RunAsync("ledger", "verify", _server.Data)).Exit);
    }

    [Fact]
    public async Task T34_a_ledger_that_was_taken_away_whole_is_missed()
    {
        Directory.Delete(Path.Combine(_server.Data, "control"), recursive: true);
        var run = await _server.RunAsync("ledger", "verify", _server.Data);
        Assert.Equal(1, run.Exit);
        Assert.Contains("control", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_ledger_no_folder_or_no_key_is_bad_input()
    {
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", Path.GetTempPath() + "no-such-folder")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", AppContext.BaseDirectory)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "verify", _server.Data, "--key", "no-key")).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "verify", _server.Data, "--checkpoints", "/no/such/folder")).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", _server.Data, "--checkpoints", Path.Combine(_server.Configuration, "checkpoints"))).Exit);
    }

    private static byte[] OtherKey()
    {
        using var key = Writ.Crypto.Signing.Ed25519PrivateKey.Generate();
        return key.PublicKey.Bytes.ToArray();
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(from, "*.seg", SearchOption.AllDirectories).Concat(Directory.GetFiles(from, "*.vlt", SearchOption.AllDirectories)))
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }
}
