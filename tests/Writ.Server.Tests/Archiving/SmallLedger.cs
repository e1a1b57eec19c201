using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Testing;

namespace Writ.Server.Tests.Archiving;

/// <summary>A ledger with full segments, in folders of its own.</summary>
internal sealed class SmallLedger : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("writ-small-");
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    private SmallLedger()
    {
    }

    public MerkleLedger Ledger { get; private set; } = null!;

    public FakeTime Time { get; } = new();

    public Ed25519PublicKey Key => _key.PublicKey;

    public string Work => _root.CreateSubdirectory("work").FullName;

    public static async Task<SmallLedger> MakeAsync()
    {
        var small = new SmallLedger();
        var opening = await MerkleLedger.OpenAsync(new LedgerOptions
        {
            DataFolder = Path.Combine(small._root.FullName, "data"),
            Checkpoints = new CheckpointFolder(Path.Combine(small._root.FullName, "checkpoints")),
            SigningKey = small._key,
            SegmentBytes = 256 * 1024, VaultSegmentBytes = 256 * 1024, ReserveBytes = 16 * 1024, MaxPayloadBytes = 32 * 1024,
            CheckpointInterval = TimeSpan.Zero,
            Time = small.Time,
        });
        small.Ledger = Assert.IsType<LedgerOpening.Opened>(opening).Ledger;
        var log = Assert.IsType<LogOpening.Opened>(await small.Ledger.OpenLogAsync("test.example/decisions")).Log;
        for (var i = 0; i < 300; i++)
            await small.Ledger.AppendAsync(log, new byte[2_000], new byte[3_000]);
        return small;
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _key.Dispose();
        _root.Delete(recursive: true);
    }
}
