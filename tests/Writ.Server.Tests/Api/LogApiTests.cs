using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;

namespace Writ.Server.Tests.Api;

public sealed class LogApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("control")]
    [InlineData("decisions")]
    public async Task A_stranger_with_the_public_key_checks_a_served_log_from_checkpoint_to_entries(string name)
    {
        await using var writ = await RunningServer.StartAsync();
        var agent = await writ.AgentAsync();
        for (var i = 0; i < 3; i++)
            await writ.PointAsync(agent.Id, $"point-{i}");
        await writ.SendAsync("POST", "/v1/tasks", writ.Person, $$"""{"agent":"{{agent.Id}}","purpose":"a test"}""");
        var (_, ledger, _) = await writ.SendAsync("POST", "/v1/ledger/checkpoint", writ.Person);
        Assert.True(Ed25519PublicKey.TryParse(Convert.FromBase64String(ledger!["verifier_key"]!.GetValue<string>()), out var key));

        var log = new TiledLog(new HttpLogReader(writ.Client, new Uri(writ.Server.Address, $"/log/{name}/"), writ.Person));
        var checkpoint = Assert.IsType<LogReading<SignedCheckpoint>.Read>(await log.ReadCheckpointAsync(TrustPolicy.ForKey(key), Stop)).Value.Checkpoint;
        Assert.Equal($"writ.local/default/{name}", checkpoint.Origin);
        Assert.True(checkpoint.Size > 0);
        var report = await log.VerifyAsync(checkpoint, cancellationToken: Stop);
        Assert.Empty(report.Findings);
        Assert.Equal(checkpoint.Size, report.Entries);
        var entry = Assert.IsType<LogReading<ProvedEntry>.Read>(await log.ReadEntryAsync(checkpoint.Size - 1, checkpoint, Stop)).Value;
        Assert.StartsWith("{", Encoding.UTF8.GetString(entry.Bytes.Span), StringComparison.Ordinal);
        Assert.False((await log.VerifyAsync(checkpoint with { Root = default }, cancellationToken: Stop)).IsSound);
    }

    [Fact]
    public async Task Nothing_beyond_the_last_signed_checkpoint_is_served_and_nothing_that_is_no_tile()
    {
        await using var writ = await RunningServer.StartAsync();
        await writ.SendAsync("POST", "/v1/ledger/checkpoint", writ.Person);
        var size = ulong.Parse((await TextAsync(writ, "/log/control/checkpoint")).Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(200, await StatusAsync($"/log/control/tile/0/000.p/{size}"));
        Assert.Equal(200, await StatusAsync("/log/control/tile/entries/000.p/1"));
        Assert.Equal(404, await StatusAsync($"/log/control/tile/0/000.p/{size + 1}"));
        Assert.Equal(404, await StatusAsync("/log/control/tile/0/000"));
        Assert.Equal(404, await StatusAsync("/log/control/tile/1/000.p/1"));
        Assert.Equal(400, await StatusAsync("/log/control/tile/0/0"));
        Assert.Equal(400, await StatusAsync("/log/control/tile/0/000.p/0"));
        Assert.Equal(400, await StatusAsync("/log/control/tile/entries/..%2f..%2fsegments"));
        Assert.Equal(404, await StatusAsync("/log/others/checkpoint"));
        Assert.Equal(404, await StatusAsync("/log/others/tile/0/000"));

        async Task<int> StatusAsync(string path) => (await writ.SendAsync("GET", path, writ.Person)).Status;
    }

    [Fact]
    public async Task Answers_say_what_they_are_and_how_long_they_hold()
    {
        await using var writ = await RunningServer.StartAsync();
        var first = await writ.AgentAsync();
        for (var i = 0; i < 256; i++)
            await writ.SendAsync("POST", $"/v1/agents/{first.Id}/{(i % 2 == 0 ? "suspend" : "activate")}", writ.Person, """{"reason":"a test"}""");
        await writ.SendAsync("POST", "/v1/ledger/checkpoint", writ.Person);

        var (_, _, checkpoint) = await writ.SendAsync("GET", "/log/control/checkpoint", writ.Person);
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", checkpoint.Headers.CacheControl!.ToString());
        foreach (var path in new[] { "/log/control/tile/0/000", "/log/control/tile/entries/000" })
        {
            var (status, _, full) = await writ.SendAsync("GET", path, writ.Person);
            Assert.Equal((200, "application/octet-stream"), (status, full.Content.Headers.ContentType!.ToString()));
            Assert.Contains("immutable", full.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.True(full.Headers.CacheControl.Private, "a cache that others share must not keep it");
        }

        var (_, _, partial) = await writ.SendAsync("GET", "/log/control/tile/0/000.p/9", writ.Person);
        Assert.Equal("no-store", partial.Headers.CacheControl!.ToString());

        var (_, _, plain) = await writ.SendAsync("GET", "/log/control/tile/entries/000", writ.Person);
        var (_, _, small) = await writ.SendAsync("GET", "/log/control/tile/entries/000", writ.Person, headers: ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", small.Content.Headers.ContentEncoding.Single());
        await using var gzip = new System.IO.Compression.GZipStream(await small.Content.ReadAsStreamAsync(Stop), System.IO.Compression.CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await gzip.CopyToAsync(unpacked, Stop);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(Stop), unpacked.ToArray());
    }

    private static async Task<string> TextAsync(RunningServer writ, string path) =>
        await (await writ.SendAsync("GET", path, writ.Person)).Response.Content.ReadAsStringAsync(Stop);
}
