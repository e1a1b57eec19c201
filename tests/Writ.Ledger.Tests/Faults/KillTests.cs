using System.Diagnostics;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Verification;

namespace Writ.Ledger.Tests.Faults;

public sealed class KillTests
{
    /// <summary>Together with the hundred of a whole server (<c>ServerKillTests</c>) these are five hundred.</summary>
    private const int Kills = 200;

    [Fact]
    public Task Nothing_acknowledged_is_missing_after_400_kills_of_two_ledgers_and_nothing_torn_is_read() =>
        Task.WhenAll(Task.Run(KillAsync), Task.Run(KillAsync));

    private static async Task KillAsync()
    {
        var root = Directory.CreateTempSubdirectory("writ-kill-").FullName;
        try
        {
            var random = new Random();
            string data = Path.Combine(root, "data"), config = Path.Combine(root, "config");
            var acknowledged = new Dictionary<ulong, string>();
            for (var life = 0; life < Kills; life++)
                LiveAndDie(data, config, life, random, acknowledged);

            Assert.True(acknowledged.Count > Kills, $"only {acknowledged.Count} records were acknowledged: the test tests nothing");
            using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
            var checkpoints = new CheckpointFolder(config);
            var opening = await MerkleLedger.OpenAsync(new LedgerOptions { DataFolder = data, Checkpoints = checkpoints, SigningKey = key, SegmentBytes = 1024 * 1024, VaultSegmentBytes = 1024 * 1024, ReserveBytes = 0, MaxPayloadBytes = 64 * 1024 });
            Assert.True(opening is LedgerOpening.Opened, (opening as LedgerOpening.Refused)?.Fault.ToString());
            await using (var ledger = ((LedgerOpening.Opened)opening).Ledger)
                AssertAllThere(ledger.FindLog("crash.example/log")!, acknowledged);

            var report = await LedgerVerifier.VerifyAsync(new VerificationOptions { DataFolder = data, Checkpoints = checkpoints, Keys = [key.PublicKey] });
            Assert.Empty(report.Findings);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void LiveAndDie(string data, string config, int life, Random random, Dictionary<ulong, string> acknowledged)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Writ.Ledger.Tests", "Writ.Ledger.Crasher", StringComparison.Ordinal), "Writ.Ledger.Crasher.dll");
        Assert.True(File.Exists(program), $"{program} is built with this project");
        using var child = Process.Start(new ProcessStartInfo("dotnet", [program, data, config, life.ToString()]) { RedirectStandardOutput = true, Environment = { ["DOTNET_TieredPGO"] = "0" } })!;
        try
        {
            // It dies at a record chosen at random, at whatever the two writer threads are doing then.
            var lines = random.Next(1, 120);
            var text = "";
            for (var read = 0; read < lines && child.StandardOutput.ReadLine() is { } line; read++)
                text += line + "\n";
            child.Kill();
            text += child.StandardOutput.ReadToEnd();
            // A line cut by the kill has no newline: it was not reported.
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = line.Split(' ');
                Assert.True(parts.Length == 2 && ulong.TryParse(parts[0], out _), $"life {life}: {line}");
                Assert.True(acknowledged.TryAdd(ulong.Parse(parts[0]), parts[1]), $"life {life}: index {parts[0]} was given twice");
            }
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    private static void AssertAllThere(LogicalLog log, Dictionary<ulong, string> acknowledged)
    {
        var found = 0;
        using var cursor = log.ReadFrom();
        foreach (var record in cursor)
        {
            var bytes = record.Bytes.Span;
            Assert.False(bytes[8..].ContainsAnyExcept(bytes[0]), $"record {record.Index} is torn");
            if (!acknowledged.TryGetValue(record.Index, out var leaf))
                continue;
            Assert.Equal(leaf, MerkleHash.Leaf(bytes).ToHex());
            found++;
        }

        Assert.Null(cursor.Fault);
        Assert.Equal(acknowledged.Count, found);
    }
}
