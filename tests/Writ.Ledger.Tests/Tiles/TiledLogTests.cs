using System.Runtime.InteropServices;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Tests.Merkle;
using Writ.Ledger.Tiles;

namespace Writ.Ledger.Tests.Tiles;

/// <summary>One log of 70,000 records, the size of the specification's example: three levels of tiles, served and checked.</summary>
public sealed class TiledLogTests : IAsyncLifetime
{
    private const int Size = 70_000;
    private readonly TestLedger _folder = new();
    private MerkleLedger _ledger = null!;
    private LogicalLog _log = null!;
    private Hash256[] _leaves = [];
    private TileShelf _shelf = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Checkpoint Checkpoint => new(TestLedger.Origin, Size, _log.RootAt(Size)!.Value);

    private TiledLog Tiled => new(_shelf);

    public async ValueTask InitializeAsync()
    {
        _folder.Options = _folder.Options with { SegmentBytes = 16 << 20, ReserveBytes = 64 * 1024 };
        _ledger = await _folder.OpenAsync();
        _log = await TestLedger.LogAsync(_ledger);
        for (var done = 0; done < Size + 5;)
        {
            var some = Enumerable.Range(done, Math.Min(10_000, Size + 5 - done)).Select(i => _ledger.AppendAsync(_log, Record(i)).AsTask()).ToArray();
            Assert.All(await Task.WhenAll(some), result => Assert.True(result.IsDurable));
            done += some.Length;
        }

        _leaves = [.. Enumerable.Range(0, Size + 5).Select(i => MerkleHash.Leaf(Record(i)))];
        _shelf = new TileShelf(new LogTiles(_log), Size);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Tiles_are_the_hashes_of_the_specification()
    {
        Assert.Equal(_leaves[256..512], Hashes("tile/0/001"));
        Assert.Equal(_leaves[69_888..Size], Hashes("tile/0/273.p/112"));
        Assert.Equal(ReferenceTree.Root(_leaves.AsSpan(0, 256)), Hashes("tile/1/000")[0]);
        Assert.Equal(ReferenceTree.Root(_leaves.AsSpan(272 * 256, 256)), Hashes("tile/1/001.p/17")[16]);
        Assert.Equal([ReferenceTree.Root(_leaves.AsSpan(0, 65_536))], Hashes("tile/2/000.p/1"));
        Assert.Equal(_leaves[256..259], Hashes("tile/0/001.p/3"));
        Assert.Equal(Hashes("tile/0/001"), Hashes("tile/0/001"));

        var bundle = _shelf.Bytes("tile/entries/273.p/2");
        byte[] expected = [0, (byte)Record(69_888).Length, .. Record(69_888), 0, (byte)Record(69_889).Length, .. Record(69_889)];
        Assert.Equal(expected, bundle);
    }

    [Fact]
    public void Nothing_is_served_beyond_the_size_that_is_shown()
    {
        var tiles = new LogTiles(_log);
        foreach (var path in new[] { TilePath.Hashes(0, 273, 113), TilePath.Entries(273, 113), TilePath.Hashes(0, 273), TilePath.Hashes(0, 274, 1), TilePath.Hashes(1, 1, 18), TilePath.Hashes(3, 0, 1), TilePath.Hashes(63, 0, 1), default })
            Assert.Equal(LedgerFaultKind.NotFound, tiles.Read(path, Size).Fault?.Kind);
        Assert.True(tiles.Read(TilePath.Hashes(0, 273, 113), Size + 1).IsFound);
        Assert.Equal(LedgerFaultKind.NotFound, tiles.Read(TilePath.Hashes(0, 0, 1), 0).Fault?.Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => tiles.Read(TilePath.Hashes(0, 0), Size + 6));
    }

    [Fact]
    public async Task A_stranger_reads_it_all_and_finds_it_sound()
    {
        var report = await Tiled.VerifyAsync(Checkpoint, cancellationToken: Stop);
        Assert.Empty(report.Findings);
        Assert.Equal(((ulong)Size, 277UL), (report.Entries, report.Tiles));
        report = await Tiled.VerifyAsync(Checkpoint, withEntries: false, cancellationToken: Stop);
        Assert.Equal((true, 0UL), (report.IsSound, report.Entries));
        Assert.Equal(LedgerFaultKind.LogContradicted, (await Tiled.VerifyAsync(Checkpoint with { Root = _leaves[0] }, cancellationToken: Stop)).Findings.Single().Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(69_999)]
    public async Task An_entry_is_read_with_a_proof_from_a_handful_of_tiles(int index)
    {
        var read = Assert.IsType<LogReading<ProvedEntry>.Read>(await Tiled.ReadEntryAsync((ulong)index, Checkpoint, Stop)).Value;
        Assert.Equal(Record(index), read.Bytes.ToArray());
        Assert.Equal(_log.ProveInclusion((ulong)index, Size), read.Proof);
        Assert.InRange(_shelf.Asked.Count, 2, 8);

        var bundle = _shelf.Bytes(_shelf.Asked.First());
        bundle[^1] ^= 1;
        bundle[2 + 5] ^= 1;
        _shelf.Instead[_shelf.Asked.First()] = bundle;
        var last = index % 256 == 255 || index == Size - 1;
        Assert.Equal(last || index % 256 == 0, await Tiled.ReadEntryAsync((ulong)index, Checkpoint, Stop) is LogReading<ProvedEntry>.Failed { Fault.Kind: LedgerFaultKind.LogContradicted });
        Assert.IsType<LogReading<ProvedEntry>.Failed>(await Tiled.ReadEntryAsync((ulong)index, Checkpoint with { Root = _leaves[3] }, Stop));
    }

    [Theory]
    [InlineData(0, 70_000)]
    [InlineData(1, 70_000)]
    [InlineData(256, 70_000)]
    [InlineData(65_536, 65_537)]
    [InlineData(65_537, 69_999)]
    [InlineData(300, 300)]
    public async Task Growth_is_proved_between_any_two_checkpoints(int from, int to)
    {
        Checkpoint At(int size) => new(TestLedger.Origin, (ulong)size, _log.RootAt((ulong)size)!.Value);
        var shelf = new TiledLog(new TileShelf(new LogTiles(_log), Size));
        var proof = Assert.IsType<LogReading<IReadOnlyList<Hash256>>.Read>(await shelf.ProveConsistencyAsync(At(from), At(to), Stop)).Value;
        Assert.Equal(_log.ProveConsistency((ulong)from, (ulong)to), proof);
        Assert.IsType<LogReading<IReadOnlyList<Hash256>>.Failed>(await shelf.ProveConsistencyAsync(At(from) with { Root = _leaves[9] }, At(to), Stop));
        // Of an empty log everything is a continuation.
        Assert.Equal(from > 0, await shelf.ProveConsistencyAsync(At(from), At(to) with { Root = _leaves[9] }, Stop) is LogReading<IReadOnlyList<Hash256>>.Failed);
    }

    [Fact]
    public async Task T38_every_kind_of_change_is_found_and_located()
    {
        async Task<LedgerFault> FindAsync(string path, byte[]? instead, LedgerFaultKind kind = LedgerFaultKind.LogContradicted)
        {
            _shelf.Instead.Clear();
            _shelf.Instead[path] = instead;
            var report = await Tiled.VerifyAsync(Checkpoint, cancellationToken: Stop);
            Assert.False(report.IsSound);
            Assert.Contains(report.Findings, f => f.Kind == kind);
            return report.Findings.First(f => f.Kind == kind);
        }

        byte[] Changed(string path, int at)
        {
            var bytes = _shelf.Bytes(path);
            bytes[at] ^= 1;
            return bytes;
        }

        Assert.Contains("entry 512 ", (await FindAsync("tile/entries/002", Changed("tile/entries/002", 5))).Detail, StringComparison.Ordinal);
        Assert.Contains("entry 512 ", (await FindAsync("tile/entries/002", _shelf.Bytes("tile/entries/003"))).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/entries/002 does not hold 256 entries", (await FindAsync("tile/entries/002", _shelf.Bytes("tile/entries/002")[..^3])).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/entries/002 does not hold 256 entries", (await FindAsync("tile/entries/002", [.. _shelf.Bytes("tile/entries/002"), 0, 0])).Detail, StringComparison.Ordinal);
        Assert.Contains("entry 513 ", (await FindAsync("tile/0/002", Changed("tile/0/002", 33))).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/0/002 has 8160 bytes, not 8192", (await FindAsync("tile/0/002", _shelf.Bytes("tile/0/002")[32..])).Detail, StringComparison.Ordinal);
        Assert.Contains("hash 2 of tile/1/000 ", (await FindAsync("tile/1/000", Changed("tile/1/000", 64))).Detail, StringComparison.Ordinal);
        Assert.Contains("hash 0 of tile/2/000.p/1 ", (await FindAsync("tile/2/000.p/1", Changed("tile/2/000.p/1", 0))).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/entries/100", (await FindAsync("tile/entries/100", null, LedgerFaultKind.NotFound)).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/0/100", (await FindAsync("tile/0/100", null, LedgerFaultKind.NotFound)).Detail, StringComparison.Ordinal);
        Assert.Contains("tile/1/001", (await FindAsync("tile/1/001.p/17", null, LedgerFaultKind.NotFound)).Detail, StringComparison.Ordinal);

        // A record changed together with its leaf hash: the root tells.
        var (tile, entries) = (_shelf.Bytes("tile/0/002"), _shelf.Bytes("tile/entries/002"));
        entries[5] ^= 1;
        MerkleHash.Leaf(entries.AsSpan(2, entries[1])).CopyTo(tile);
        _shelf.Instead["tile/entries/002"] = entries;
        Assert.Contains("do not have the root", (await FindAllAsync("tile/0/002", tile)).Single().Detail, StringComparison.Ordinal);

        async Task<IReadOnlyList<LedgerFault>> FindAllAsync(string path, byte[] instead)
        {
            _shelf.Instead[path] = instead;
            return (await Tiled.VerifyAsync(Checkpoint, cancellationToken: Stop)).Findings;
        }
    }

    [Fact]
    public async Task A_partial_tile_that_is_gone_is_found_in_the_full_one()
    {
        var smaller = new Checkpoint(TestLedger.Origin, 300, _log.RootAt(300)!.Value);
        foreach (var gone in new[] { "tile/0/001.p/44", "tile/entries/001.p/44" })
            _shelf.Instead[gone] = null;
        Assert.True((await Tiled.VerifyAsync(smaller, cancellationToken: Stop)).IsSound);
        Assert.Contains("tile/entries/001", _shelf.Asked);
        Assert.IsType<LogReading<ProvedEntry>.Read>(await Tiled.ReadEntryAsync(290, smaller, Stop));
        _shelf.Instead["tile/0/001"] = _shelf.Bytes("tile/0/002");
        Assert.False((await Tiled.VerifyAsync(smaller, cancellationToken: Stop)).IsSound);
    }

    private static byte[] Record(int i) => Encoding.ASCII.GetBytes($"{{\"record\":{i}}}");

    private Hash256[] Hashes(string path) => MemoryMarshal.Cast<byte, Hash256>(_shelf.Bytes(path)).ToArray();
}
