using System.Runtime.InteropServices;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tiles;

/// <summary>
/// The tiles and entry bundles of one log (C2SP tlog-tiles), made from its records when they are asked for: the segments stay the only
/// truth. Hashes from level 1 up are in memory; a full tile of leaf hashes is computed once from 256 records and then kept among the
/// last <see cref="Kept"/>, 8 KiB each. Thread safe.
/// </summary>
public sealed class LogTiles(LogicalLog log)
{
    /// <summary>How many full tiles of leaf hashes are kept.</summary>
    public const int Kept = 64;

    private readonly KeptTile?[] _kept = new KeptTile?[Kept];

    /// <summary>
    /// The bytes of a tile or bundle as they are served; <see cref="LedgerFaultKind.RecordPruned"/> for a bundle with pruned records (C2SP tlog-tiles,
    /// "Pruning"), and <see cref="LedgerFaultKind.NotFound"/> when a tree of
    /// <paramref name="size"/> has less than that. Partial ones are served for every width the tree has reached.
    /// </summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="size">The size up to which the log is shown: that of a signed checkpoint.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is beyond the head.</exception>
    public ReadResult Read(TilePath path, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, log.Head.Size);
        if (path.Width < 1 || path.WidthAt(size) < path.Width)
            return new ReadResult(new LedgerFault(LedgerFaultKind.NotFound, $"{path} is not in {log.Origin} of size {size}"));
        if (path.IsEntries && path.Index * TilePath.FullWidth < log.MinimumIndex)
            return new ReadResult(new LedgerFault(LedgerFaultKind.RecordPruned, $"{path} of {log.Origin} was pruned: the log's minimum index is {log.MinimumIndex}; its hash tiles are here"));
        var read = path.IsEntries ? Entries(path) : path is { Level: 0, IsFull: true } ? Leaves(path) : Hashes(path);
        return read is null
            ? new ReadResult(new LedgerFault(LedgerFaultKind.ReadFailed, $"the records under {path} of {log.Origin} cannot be read; run 'writ ledger verify' on the folder"))
            : new ReadResult(read);
    }

    private byte[]? Entries(TilePath path)
    {
        var first = path.Index * TilePath.FullWidth;
        using var bundle = new MemoryStream();
        using var records = log.ReadRange(first, first + (ulong)path.Width);
        for (var i = 0; i < path.Width; i++)
        {
            if (!records.MoveNext())
                return null;
            EntryBundle.Add(bundle, records.Current.Bytes.Span);
        }

        return bundle.ToArray();
    }

    private byte[]? Leaves(TilePath path)
    {
        ref var slot = ref _kept[path.Index % Kept];
        if (Volatile.Read(ref slot) is { } kept && kept.Index == path.Index)
            return kept.Bytes;
        if (Hashes(path) is not { } made)
            return null;
        Volatile.Write(ref slot, new KeptTile(path.Index, made));
        return made;
    }

    private byte[]? Hashes(TilePath path)
    {
        var bytes = new byte[path.Width * Hash256.Length];
        return log.ReadNodes(path.Level * TilePath.Height, path.Index * TilePath.FullWidth, MemoryMarshal.Cast<byte, Hash256>(bytes.AsSpan())) ? bytes : null;
    }

    private sealed record KeptTile(ulong Index, byte[] Bytes);
}
