using System.Runtime.InteropServices;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;

namespace Writ.Ledger.Tiles;

/// <summary>
/// One run over a whole log: leaf tiles and bundles in order, some ahead of the one that is checked; then the tiles above, which have to
/// be what the leaves make. Each instance is used once.
/// </summary>
internal sealed class TiledLogVerification(TileFetch fetch, Checkpoint checkpoint, bool withEntries)
{
    private const int Ahead = 8;

    private readonly SubtreeStore _nodes = new();
    private readonly List<LedgerFault> _findings = [];
    private ulong _entries;
    private ulong _pruned;
    private ulong _tiles;

    public async Task<TiledLogReport> RunAsync(IProgress<ulong>? progress, CancellationToken cancellationToken)
    {
        if (await ReadLeavesAsync(progress, cancellationToken).ConfigureAwait(false))
        {
            for (var level = 1; level * TilePath.Height < 64 && checkpoint.Size >> (level * TilePath.Height) > 0; level++)
                await ReadLevelAsync(level, cancellationToken).ConfigureAwait(false);
        }

        return new TiledLogReport(checkpoint, _entries, _tiles, _findings) { Pruned = _pruned };
    }

    /// <summary>True when every leaf hash is known and together they have the root.</summary>
    private async Task<bool> ReadLeavesAsync(IProgress<ulong>? progress, CancellationToken cancellationToken)
    {
        var builder = new TreeBuilder(_nodes);
        var coming = new Queue<(TilePath Path, Task<ReadResult> Tile, Task<ReadResult>? Bundle)>();
        var next = 0UL;
        while (true)
        {
            for (; coming.Count < Ahead && TilePath.Hashes(0, next).WidthAt(checkpoint.Size) is > 0 and var width; next++)
                coming.Enqueue((TilePath.Hashes(0, next, width), Fetch(TilePath.Hashes(0, next, width)), withEntries ? Fetch(TilePath.Entries(next, width)) : null));
            if (!coming.TryDequeue(out var one))
                break;
            var leaves = Hashes(await one.Tile.ConfigureAwait(false));
            if (one.Bundle is not null)
                leaves = Compare(one.Path, leaves, await one.Bundle.ConfigureAwait(false));
            if (leaves is null || _findings.Count >= TiledLogReport.MaxFindings)
            {
                await Task.WhenAll(coming.SelectMany(c => c.Bundle is null ? [c.Tile] : new[] { c.Tile, c.Bundle })).ConfigureAwait(false);
                return false; // without a leaf nothing to the right of it is proved
            }

            builder.Append(leaves);
            progress?.Report(builder.Size);
        }

        if (builder.Root() == checkpoint.Root)
            return true;
        Find($"the {checkpoint.Size} leaf hashes of {checkpoint.Origin} do not have the root that its checkpoint signs");
        return false;

        Task<ReadResult> Fetch(TilePath path) => fetch.ReadAsync(path, cancellationToken).AsTask();
    }

    /// <summary>The leaf hashes as the tile has them, or as the entries make them where there is no tile.</summary>
    private Hash256[]? Compare(TilePath path, Hash256[]? tile, ReadResult bundle)
    {
        // What is pruned is a prefix (C2SP tlog-tiles, "Pruning"), and only as far as there are hashes for it.
        if (bundle is { IsFound: false, Fault.Kind: LedgerFaultKind.RecordPruned } && tile is not null && _entries == 0)
        {
            _pruned += (ulong)path.Width;
            return tile;
        }

        if (!bundle.IsFound)
        {
            Find(bundle.Fault);
            return tile;
        }

        var hashes = new Hash256[path.Width];
        MerkleHash.Leaves(bundle.Bytes.Span, EntryBundle.Slices(bundle.Bytes.Span, path.Width, longer: false), hashes);
        _entries += (ulong)path.Width;
        for (var i = 0; tile is not null && i < hashes.Length; i++)
        {
            if (hashes[i] != tile[i])
                Find($"entry {path.Index * TilePath.FullWidth + (ulong)i} of {checkpoint.Origin} is not what its leaf hash in {path} says");
        }

        return tile ?? hashes;
    }

    private async Task ReadLevelAsync(int level, CancellationToken cancellationToken)
    {
        for (var index = 0UL; TilePath.Hashes(level, index).WidthAt(checkpoint.Size) is > 0 and var width; index++)
        {
            var path = TilePath.Hashes(level, index, width);
            if (Hashes(await fetch.ReadAsync(path, cancellationToken).ConfigureAwait(false)) is not { } tile)
                continue;
            for (var i = 0; i < tile.Length; i++)
            {
                if (tile[i] == _nodes[level * TilePath.Height, index * TilePath.FullWidth + (ulong)i])
                    continue;
                Find($"hash {i} of {path} is not what the tile below it makes");
                break;
            }
        }
    }

    private Hash256[]? Hashes(ReadResult read)
    {
        if (!read.IsFound)
        {
            Find(read.Fault);
            return null;
        }

        _tiles++;
        return MemoryMarshal.Cast<byte, Hash256>(read.Bytes.Span).ToArray();
    }

    private void Find(string detail) => Find(new LedgerFault(LedgerFaultKind.LogContradicted, detail));

    private void Find(LedgerFault fault)
    {
        if (_findings.Count < TiledLogReport.MaxFindings)
            _findings.Add(fault);
    }
}
