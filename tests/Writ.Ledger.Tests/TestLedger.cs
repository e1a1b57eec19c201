using System.Text;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Testing;

namespace Writ.Ledger.Tests;

/// <summary>A data folder and a configuration folder that go away with the test, and short ways to use a ledger in them.</summary>
internal sealed class TestLedger : IDisposable
{
    public const string Origin = "test.example/decisions";

    private readonly string _root = Directory.CreateTempSubdirectory("writ-ledger-").FullName;

    public TestLedger() => Options = new LedgerOptions
    {
        DataFolder = Path.Combine(_root, "data"),
        Checkpoints = new CheckpointFolder(Path.Combine(_root, "config", "checkpoints")),
        SigningKey = Key,
        SegmentBytes = 256 * 1024,
        VaultSegmentBytes = 256 * 1024,
        ReserveBytes = 16 * 1024,
        MaxPayloadBytes = 32 * 1024,
        CheckpointInterval = TimeSpan.Zero,
        CheckpointEveryRecords = 0,
        Time = Time,
    };

    public static Ed25519PrivateKey Key { get; } = Ed25519PrivateKey.FromSeed(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public FakeTime Time { get; } = new();

    public LedgerOptions Options { get; set; }

    public string Segments => Path.Combine(Options.DataFolder, "segments");

    public string Vault => Path.Combine(Options.DataFolder, "vault");

    public string CheckpointPath => ((CheckpointFolder)Options.Checkpoints).Path;

    public static byte[] Record(ulong i, int padding = 0) =>
        Encoding.UTF8.GetBytes($"{{\"record\":{i},\"padding\":\"{new string((char)('a' + (int)(i % 26)), padding)}\"}}");

    public async Task<MerkleLedger> OpenAsync() => (await OpenReportedAsync()).Ledger;

    public async Task<LedgerOpening.Opened> OpenReportedAsync()
    {
        var opening = await MerkleLedger.OpenAsync(Options);
        Assert.True(opening is LedgerOpening.Opened, (opening as LedgerOpening.Refused)?.Fault.ToString());
        return (LedgerOpening.Opened)opening;
    }

    public async Task<LedgerFault> RefusedAsync() =>
        Assert.IsType<LedgerOpening.Refused>(await MerkleLedger.OpenAsync(Options)).Fault;

    public static async Task<LogicalLog> LogAsync(MerkleLedger ledger, string origin = Origin)
    {
        var opening = await ledger.OpenLogAsync(origin);
        Assert.True(opening is LogOpening.Opened, (opening as LogOpening.Refused)?.Fault.ToString());
        return ((LogOpening.Opened)opening).Log;
    }

    /// <summary>Appends records one after the other, each in a batch of its own; returns the next record's number.</summary>
    public static async Task AppendAsync(MerkleLedger ledger, LogicalLog log, int count, int padding = 0)
    {
        for (var i = 0; i < count; i++)
        {
            var index = log.Head.Size;
            var result = await ledger.AppendAsync(log, Record(index, padding));
            Assert.True(result.IsDurable, result.Fault?.ToString());
            Assert.Equal(index, result.Index);
        }
    }

    /// <summary>Asserts that the log holds exactly the records that <see cref="Record"/> makes.</summary>
    public static void AssertRecords(LogicalLog log, ulong count, int padding = 0)
    {
        Assert.Equal(count, log.Head.Size);
        using var cursor = log.ReadFrom();
        var next = 0UL;
        foreach (var record in cursor)
        {
            Assert.Equal(next, record.Index);
            Assert.Equal(Record(next, padding), record.Bytes.ToArray());
            next++;
        }

        Assert.Null(cursor.Fault);
        Assert.Equal(count, next);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
