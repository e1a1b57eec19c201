using System.Collections.Concurrent;
using Writ.Ledger.Tiles;

namespace Writ.Ledger.Tests.Tiles;

/// <summary>The tiles of a log as a server would hand them out, on which single resources can be replaced or taken away.</summary>
internal sealed class TileShelf(LogTiles tiles, ulong size) : ILogReader
{
    /// <summary>What is served instead; null is not there.</summary>
    public Dictionary<string, byte[]?> Instead { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = [];

    public byte[] Bytes(string path) => tiles.Read(Parse(path), size).Bytes.ToArray();

    public ValueTask<ReadResult> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        Asked.Enqueue(path);
        var read = !Instead.TryGetValue(path, out var bytes) ? tiles.Read(Parse(path), size)
            : bytes is null ? new ReadResult(new LedgerFault(LedgerFaultKind.NotFound, $"{path} is not there"))
            : new ReadResult(bytes);
        Assert.True(read.Bytes.Length <= maxBytes);
        return ValueTask.FromResult(read);
    }

    private static TilePath Parse(string path) => TilePath.TryParse(path, out var tile) ? tile : throw new ArgumentException(path);
}
