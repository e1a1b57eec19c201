using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;

namespace Writ.Bench.Ledger;

/// <summary>A ledger in a folder of its own under the temporary folder (<c>TMPDIR</c>), removed afterwards.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("writ-bench-").FullName;
    private readonly Ed25519PrivateKey _key = Ed25519PrivateKey.Generate();

    public string Root => _root;

    public string Data => Path.Combine(_root, "data");

    public string Configuration => Path.Combine(_root, "config");

    public Ed25519PublicKey PublicKey => _key.PublicKey;

    public async Task<MerkleLedger> OpenAsync()
    {
        var opening = await MerkleLedger.OpenAsync(new LedgerOptions
        {
            DataFolder = Data,
            Checkpoints = new CheckpointFolder(Configuration),
            SigningKey = _key,
            SegmentBytes = 256 * 1024 * 1024,
            SegmentsAhead = 2,
        });
        return opening is LedgerOpening.Opened opened ? opened.Ledger : throw new InvalidOperationException(opening.ToString());
    }

    public static async Task<LogicalLog> LogAsync(MerkleLedger ledger) =>
        await ledger.OpenLogAsync("bench.example/decisions") is LogOpening.Opened opened
            ? opened.Log
            : throw new InvalidOperationException("the log was refused");

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
