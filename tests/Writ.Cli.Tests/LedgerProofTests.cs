using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Writ.Cli.Tests;

/// <summary>Proofs and tiles against the real server, each command a process of its own.</summary>
public sealed class LedgerProofTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writ-proof-").FullName;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        Assert.Equal(0, (await _server.RunAsync("agent", "add", "bot")).Exit);
        Assert.Equal(0, (await _server.RunAsync("task", "open", "bot", "--purpose", "a test")).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_record_is_proved_to_somebody_who_has_the_file_and_the_key_and_nothing_else()
    {
        var file = Path.Combine(_folder, "record.tlog-proof");
        var proved = await _server.RunAsync("ledger", "prove", "--log", "control", "--index", "1", "--out", file, "--json");
        Assert.True(proved.Exit == 0, proved.Error + proved.Output);
        var key = proved.Json.GetProperty("key").GetString()!;

        var offline = await CliRun.OfAsync("ledger", "verify", file, "--key", key);
        Assert.True(offline.Exit == 0, offline.Error);
        Assert.Contains("proved: this is record 1 of writ.local/default/control", offline.Output, StringComparison.Ordinal);
        Assert.Contains("person.added", offline.Output, StringComparison.Ordinal);
        Assert.Contains("not proved: ", offline.Output, StringComparison.Ordinal);
        Assert.Equal("person.added", (await CliRun.OfAsync("ledger", "verify", file, "--key", key, "--json")).Json.GetProperty("record").GetProperty("action").GetProperty("kind").GetString());

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var extra = text.Split('\n')[1]["extra ".Length..];
        var forged = Encoding.UTF8.GetString(Convert.FromBase64String(extra)).Replace("administrator", "administratos", StringComparison.Ordinal);
        var other = Path.Combine(_folder, "forged.tlog-proof");
        await File.WriteAllTextAsync(other, text.Replace(extra, Convert.ToBase64String(Encoding.UTF8.GetBytes(forged)), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var refused = await CliRun.OfAsync("ledger", "verify", other, "--key", key);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("NOT PROVED", refused.Output, StringComparison.Ordinal);
        Assert.Contains("WRIT2044", refused.Error, StringComparison.Ordinal);

        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", file, "--key", Convert.ToBase64String(OtherKey()))).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", file)).Exit);
        await File.WriteAllTextAsync(other, "c2sp.org/tlog-proof@v1\nindex 01\n", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", other, "--key", key)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "prove", "--log", "control", "--index", "1", "--out", file)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "prove", "--log", "control", "--index", "1000")).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "prove")).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "prove", "019a3c5e-7d1f-7c3a-9a64-0d2f5b7c8e91")).Exit);
    }

    [Fact]
    public async Task A_running_server_is_checked_by_its_address_and_has_to_continue_what_was_seen()
    {
        var seen = Path.Combine(_folder, "seen");
        var first = await _server.RunAsync("ledger", "verify", _server.Url + "log/control", "--seen", seen, "--json");
        Assert.True(first.Exit == 0, first.Error + first.Output);
        Assert.Equal(JsonValueKind.Null, first.Json.GetProperty("logs")[0].GetProperty("seen_before").ValueKind);
        var size = first.Json.GetProperty("logs")[0].GetProperty("size").GetInt64();
        Assert.Equal(size, first.Json.GetProperty("logs")[0].GetProperty("entries").GetInt64());

        Assert.Equal(0, (await _server.RunAsync("agent", "add", "bot-2")).Exit);
        var file = Path.Combine(_folder, "next.tlog-proof");
        Assert.Equal(0, (await _server.RunAsync("ledger", "prove", "--log", "control", "--index", size.ToString(CultureInfo.InvariantCulture), "--out", file)).Exit);
        var second = await _server.RunAsync("ledger", "verify", _server.Url + "log/control", "--seen", seen, "--json");
        Assert.True(second.Exit == 0, second.Error + second.Output);
        Assert.Equal(size, second.Json.GetProperty("logs")[0].GetProperty("seen_before").GetInt64());
        Assert.True(second.Json.GetProperty("logs")[0].GetProperty("size").GetInt64() > size);

        var both = await _server.RunAsync("ledger", "verify", _server.Url);
        Assert.True(both.Exit == 0, both.Error);
        Assert.Contains("writ.local/default/decisions", both.Output, StringComparison.Ordinal);
        Assert.Contains("sound: ", both.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await _server.RunAsync("ledger", "verify", _server.Url, "--key", Convert.ToBase64String(OtherKey()))).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "verify", _server.Url, "--seen", seen)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "verify", _server.Url, "--checkpoints", _folder)).Exit);
        Assert.Equal(2, (await _server.RunAsync("ledger", "verify", _server.Url + "log/decisions", "--seen", seen)).Exit);
        Assert.Equal(2, (await CliRun.OfAsync("ledger", "verify", _server.Url, "--key", Convert.ToBase64String(OtherKey()))).Exit);
        Assert.Equal(1, (await CliRun.OfAsync("ledger", "verify", _server.Url + "another/log", "--key", Convert.ToBase64String(OtherKey()))).Exit);
        Assert.Equal(3, (await _server.RunAsync("ledger", "verify", "http://127.0.0.1:1")).Exit);
    }

    [Fact]
    public async Task A_folder_of_tiles_is_checked_like_a_served_log()
    {
        var log = Path.Combine(_folder, "log");
        using var client = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {(await File.ReadAllTextAsync(Path.Combine(_server.Configuration, "administrator.token"), TestContext.Current.CancellationToken)).Trim()}" } } };
        var checkpoint = await client.GetByteArrayAsync(_server.Url + "log/control/checkpoint", TestContext.Current.CancellationToken);
        var size = Encoding.UTF8.GetString(checkpoint).Split('\n')[1];
        await SaveAsync("checkpoint");
        await SaveAsync($"tile/0/000.p/{size}");
        await SaveAsync($"tile/entries/000.p/{size}");
        Assert.Equal(0, (await _server.RunAsync("ledger", "verify", log)).Exit);

        var entries = Path.Combine(log, $"tile/entries/000.p/{size}");
        var bytes = await File.ReadAllBytesAsync(entries, TestContext.Current.CancellationToken);
        bytes[10] ^= 1;
        await File.WriteAllBytesAsync(entries, bytes, TestContext.Current.CancellationToken);
        var run = await _server.RunAsync("ledger", "verify", log);
        Assert.Equal(1, run.Exit);
        Assert.Contains("entry 0 of writ.local/default/control", run.Output, StringComparison.Ordinal);

        async Task SaveAsync(string path)
        {
            var file = Path.Combine(log, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, path == "checkpoint" ? checkpoint : await client.GetByteArrayAsync($"{_server.Url}log/control/{path}", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }
    }

    private static byte[] OtherKey()
    {
        using var key = Writ.Crypto.Signing.Ed25519PrivateKey.Generate();
        return key.PublicKey.Bytes.ToArray();
    }
}
