using System.Numerics;
using System.Runtime.InteropServices;
using Writ.Crypto.Hashing;
using Writ.Ledger.Merkle;

namespace Writ.Ledger.Tiles;

/// <summary>The nodes of a tree of fixed size out of its hash tiles, each fetched once. What it says is as trustworthy as the tiles. Not thread safe.</summary>
internal sealed class HashTiles(TileFetch fetch, ulong size)
{
    private readonly Dictionary<TilePath, Hash256[]> _tiles = [];

    /// <summary>Fetches what the subtrees over these ranges of leaves need.</summary>
    public async ValueTask<LedgerFault?> FetchAsync(IReadOnlyList<(ulong Start, ulong End)> ranges, CancellationToken cancellationToken)
    {
        var wanted = ranges.SelectMany(r => Nodes(r.Start, r.End)).Select(node => TileOf(node.Height, node.Index)).Distinct().Where(t => !_tiles.ContainsKey(t)).ToArray();
        var answers = await Task.WhenAll(wanted.Select(tile => fetch.ReadAsync(tile, cancellationToken).AsTask())).ConfigureAwait(false);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!answers[i].IsFound)
                return answers[i].Fault;
            _tiles[wanted[i]] = MemoryMarshal.Cast<byte, Hash256>(answers[i].Bytes.Span).ToArray();
        }

        return null;
    }

    /// <summary>MTH(D[start:end]); its tiles were fetched.</summary>
    public Hash256 Subtree(ulong start, ulong end)
    {
        var nodes = Nodes(start, end).Select(node => Node(node.Height, node.Index)).ToArray();
        var hash = nodes[^1];
        for (var i = nodes.Length - 2; i >= 0; i--)
            hash = MerkleHash.Node(nodes[i], hash);
        return hash;
    }

    /// <summary>The complete subtrees of a subtree, left to right, each smaller than the one before.</summary>
    private static IEnumerable<(int Height, ulong Index)> Nodes(ulong start, ulong end)
    {
        for (var at = start; at < end;)
        {
            var height = BitOperations.Log2(end - at);
            yield return (height, at >> height);
            at += 1UL << height;
        }
    }

    /// <summary>The lowest tile whose hashes a node can be computed from.</summary>
    private TilePath TileOf(int height, ulong index)
    {
        var level = height / TilePath.Height;
        var tile = TilePath.Hashes(level, (index << (height % TilePath.Height)) / TilePath.FullWidth);
        return TilePath.Hashes(level, tile.Index, tile.WidthAt(size));
    }

    private Hash256 Node(int height, ulong index)
    {
        var inTile = height % TilePath.Height;
        var hashes = _tiles[TileOf(height, index)].AsSpan((int)((index << inTile) % TilePath.FullWidth), 1 << inTile).ToArray();
        for (var count = hashes.Length; count > 1; count /= 2)
            MerkleHash.Nodes(hashes.AsSpan(0, count), hashes.AsSpan(0, count / 2));
        return hashes[0];
    }
}
