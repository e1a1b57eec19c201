using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Vault;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Ledger.Archiving;
using Writ.Ledger.Disks;
using Writ.Ledger.Verification;
using Writ.Server.Archiving;
using Writ.Server.Configuration;
using Writ.Testing;

namespace Writ.Server.Tests.Archiving;

/// <summary>A running server whose full segments are archived and read again.</summary>
public sealed class ArchiveServerTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("writ-archived-");
    private readonly FakeTime _time = new(DateTimeOffset.UtcNow);
    private RunningServer _writ = null!;
    private string _agent = "", _decision = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_root.FullName, "archive");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Archive);
        _writ = await RunningServer.StartWithAsync(_root.FullName, options => options with
        {
            Ledger = options.Ledger with { SegmentBytes = 256 * 1024, ReserveBytes = 32 * 1024, ScrubInterval = TimeSpan.FromMinutes(1), ScrubBytesPerSecond = 1 << 30 },
            Archive = new ArchiveSettings { Target = new ArchiveAddress.Folder(Archive) },
            Limits = options.Limits with { Admission = new AdmissionSettings { RatePerCredential = 100_000, RatePerOrganization = 100_000, UnauthenticatedRatePerAddress = 100_000 } },
        }, _time);
        (_agent, _) = await _writ.AgentAsync();
        var point = await _writ.PointAsync(_agent);
        for (var i = 0; i < 200; i++)
        {
            var (status, _, response) = await _writ.SendAsync("POST", "/access/v1/evaluation", point, $$$"""
                {"subject":{"type":"agent","id":"{{{_agent}}}"},"action":{"name":"tool/call"},"resource":{"type":"tool","id":"desk/read"},"context":{"n":{{{i}}},"text":"{{{new string('x', 6_000)}}}"}}
                """);
            Assert.Equal(200, status);
            _decision = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!["context"]!["id"]!.GetValue<string>();
        }

        await UntilAsync(ledger => ledger["archive"]!.AsArray().All(a => a!["waiting_segments"]!.GetValue<long>() == 0 && a["code"] is null)
            && ledger["archive"]!.AsArray().Sum(a => a!["sealed_segments"]!.GetValue<long>()) >= 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _writ.DisposeAsync();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task No_key_and_no_token_is_anywhere_in_an_archive()
    {
        var archived = Directory.GetFiles(Archive, "*", SearchOption.AllDirectories).SelectMany(file => new[] { File.ReadAllBytes(file) }.Concat(file.EndsWith(".br", StringComparison.Ordinal) ? [Unpacked(file)] : [])).ToList();
        Assert.True(archived.Count >= 8);
        var secrets = new List<byte[]>();
        foreach (var name in new[] { "signing.key", "pepper.key", "master.key", "administrator.token" })
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(_writ.Folder, "config", name), Stop);
            secrets.Add(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(bytes).Trim().Split('\n')[^1].Split(' ')[^1]));
        }

        await _writ.DisposeAsync();
        var store = await File.ReadAllBytesAsync(Path.Combine(_writ.Folder, "data", "vault.keys"), Stop);
        secrets.AddRange(Enumerable.Range(0, store.Length / 24).Select(i => store.AsSpan(i * 24, 24).ToArray()).Where(chunk => chunk.Distinct().Count() > 12));
        Assert.True(secrets.Count > 5);
        Assert.All(secrets, secret => Assert.True(secret.Length >= 16));
        Assert.All(secrets, secret => Assert.DoesNotContain(archived, bytes => bytes.AsSpan().IndexOf(secret) >= 0));
        Assert.Contains(archived, bytes => bytes.AsSpan().IndexOf("\"kind\":\"decision\""u8) >= 0);
    }

    [Fact]
    public async Task After_an_erasure_nothing_of_the_subject_opens_from_the_archive_that_opened_before()
    {
        var keys = Path.Combine(_writ.Folder, "data", "vault.keys");
        Assert.Equal("open", (await GetAsync($"/v1/decisions/{_decision}/payload"))["state"]!.GetValue<string>());
        var (status, asked, _) = await _writ.SendAsync("POST", "/v1/erasures", _writ.Person, $$"""{"subject":"agent/{{_agent}}","reason":"a request"}""");
        Assert.Equal(202, status);
        var before = Read(keys);
        Assert.Equal(200, (await _writ.SendAsync("POST", $"/v1/erasures/{asked!["erasure"]!["id"]}/confirm", _writ.Person)).Status);
        await _writ.DisposeAsync();

        Assert.Equal(0, await OpenedAsync(keys));
        var kept = Path.Combine(_root.FullName, "kept.keys");
        await File.WriteAllBytesAsync(kept, before, Stop);
        File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.True(await OpenedAsync(kept) > 50);
    }

    [Fact]
    public async Task A_bit_that_flips_in_an_old_segment_is_shown_and_said_and_decisions_go_on()
    {
        var file = Path.Combine(_writ.Folder, "data", "decisions", "vault", "0000000001.vlt");
        Assert.Equal(0, (await ScrubAsync(0))["damaged_segments"]!.GetValue<int>());
        Assert.Equal("ready\n", await (await _writ.SendAsync("GET", "/readyz")).Response.Content.ReadAsStringAsync(Stop));
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[123_456] ^= 16;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        var scrub = await ScrubAsync(1);
        var damage = Assert.Single(scrub["damage"]!.AsArray())!;
        Assert.Equal("vault/0000000001.vlt", damage["file"]!.GetValue<string>());
        Assert.InRange(damage["offset"]!.GetValue<long>(), 123_456 - 8_192, 123_456);
        var (ready, _, response) = await _writ.SendAsync("GET", "/readyz");
        Assert.Equal(200, ready);
        Assert.Contains("WRIT2100", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(201, (await _writ.SendAsync("POST", "/v1/tasks", _writ.Person, $$"""{"agent":"{{_agent}}"}""")).Status);

        var metrics = await (await _writ.SendAsync("GET", "/metrics", _writ.Person)).Response.Content.ReadAsStringAsync(Stop);
        Assert.Contains("writ_segments_damaged{ledger=\"decisions\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("writ_segments_damaged{ledger=\"control\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("writ_archive_failing{ledger=\"control\"} 0\n", metrics, StringComparison.Ordinal);

        // The archive has the segment as it was.
        var restored = Path.Combine(_root.FullName, "restored");
        Assert.Null(await ArchiveVerifier.RestoreAsync(new FolderArchive(Archive), restored, Stop));
        bytes[123_456] ^= 16;
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(restored, "decisions", "vault", "0000000001.vlt"), Stop));
    }

    /// <summary>How many payloads of the archive open with these keys.</summary>
    private async Task<int> OpenedAsync(string keys)
    {
        var restored = Path.Combine(_root.FullName, Guid.NewGuid().ToString("N"));
        Assert.Null(await ArchiveVerifier.RestoreAsync(new FolderArchive(Archive), restored, Stop));
        var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = Path.Combine(restored, "decisions"), IsPrefix = true }, null, Stop);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.True(SubjectKeyRing.TryStart(keys, Path.Combine(_writ.Folder, "config", "master.key"), out var ring, out var fault), fault?.Message);
        using (ring)
        {
            var (sealer, opened) = (new PayloadSealer(ring!), 0);
            var log = Assert.Single(report.Logs).Log;
            using var cursor = log.ReadFrom();
            while (cursor.MoveNext())
            {
                using var record = JsonDocument.Parse(cursor.Current.Bytes);
                var payload = log.ReadPayload(cursor.Current.Index);
                if (payload.IsFound && sealer.TryOpen(OrganizationId.Parse("default"), record.RootElement.GetProperty("id").GetGuid(), payload.Bytes.Span, out _))
                    opened++;
            }

            return opened;
        }
    }

    private async Task<JsonObject> ScrubAsync(int damaged)
    {
        JsonObject? scrub = null;
        var began = _time.GetUtcNow();
        await UntilAsync(ledger =>
        {
            scrub = ledger["scrub"]!.AsArray().Single(s => s!["ledger"]!.GetValue<string>() == "decisions")!.AsObject();
            return scrub["last_pass_ended_at"] is { } ended && ended.GetValue<DateTimeOffset>() > began && scrub["damaged_segments"]!.GetValue<int>() == damaged;
        });
        return scrub!;
    }

    private async Task UntilAsync(Func<JsonObject, bool> isSo)
    {
        while (!isSo(await GetAsync("/v1/ledger")))
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Stop.ThrowIfCancellationRequested();
        }
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        var (status, body, _) = await _writ.SendAsync("GET", path, _writ.Person);
        Assert.Equal(200, status);
        return body!;
    }

    private static byte[] Read(string file)
    {
        // As an intruder reads it: a stream of ours would ask for the lock that the running server has.
        Assert.True(PosixDisk.Instance.TryOpen(file, DiskAccess.Read, out var opened, out var fault), fault?.ToString());
        using (opened)
        {
            var bytes = new byte[opened!.Length];
            Assert.Null(opened.Read(0, bytes, out _));
            return bytes;
        }
    }

    private static byte[] Unpacked(string file)
    {
        using var packed = File.OpenRead(file);
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}
