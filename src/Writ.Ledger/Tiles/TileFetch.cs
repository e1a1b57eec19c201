using Writ.Crypto.Hashing;

namespace Writ.Ledger.Tiles;

/// <summary>Fetches tiles and bundles of the right length. A partial one that is gone is looked for in the full one (C2SP tlog-tiles, "Partial Tiles"). Thread safe.</summary>
internal sealed class TileFetch(ILogReader reader)
{
    public const int MaxHashBytes = TilePath.FullWidth * Hash256.Length;

    /// <summary>A tile's bytes, exactly as many as its width says; of a bundle that only the full one is left of, its first entries.</summary>
    public async ValueTask<ReadResult> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(path.ToString(), MaxBytes(path), cancellationToken).ConfigureAwait(false);
        var whole = read is { IsFound: false, Fault.Kind: LedgerFaultKind.NotFound } && !path.IsFull;
        if (whole)
            read = await reader.ReadAsync(path.Whole.ToString(), MaxBytes(path), cancellationToken).ConfigureAwait(false);
        return read.IsFound ? Cut(path, read.Bytes, whole) : read;
    }

    private static ReadResult Cut(TilePath path, ReadOnlyMemory<byte> bytes, bool fromWhole)
    {
        if (path.IsEntries)
        {
            return EntryBundle.Slices(bytes.Span, path.Width, fromWhole) is { } slices
                ? new ReadResult(bytes[..(slices[^1].Offset + slices[^1].Length)])
                : Contradicted($"{path} does not hold {path.Width} entries, each behind its length");
        }

        var length = path.Width * Hash256.Length;
        return bytes.Length == length || (fromWhole && bytes.Length == MaxHashBytes)
            ? new ReadResult(bytes[..length])
            : Contradicted($"{path} has {bytes.Length} bytes, not {length}");
    }

    private static int MaxBytes(TilePath path) => path.IsEntries ? EntryBundle.MaxBytes : MaxHashBytes;

    private static ReadResult Contradicted(string detail) => new(new LedgerFault(LedgerFaultKind.LogContradicted, detail));
}
