namespace Writ.Ledger.Tiles;

/// <summary>
/// A port: fetches the resources of a log from wherever somebody serves or keeps them. It judges nothing; what it brings is not trusted.
/// Implementations bound their waits and are thread safe.
/// </summary>
public interface ILogReader
{
    /// <summary>
    /// The bytes of a resource, at most <paramref name="maxBytes"/>; <see cref="LedgerFaultKind.NotFound"/> where there is none, another
    /// fault where that cannot be told or it is longer.
    /// </summary>
    /// <param name="path">Relative to the log's prefix: <c>checkpoint</c>, or a <see cref="TilePath"/>.</param>
    /// <param name="maxBytes">The longest answer that is taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ReadResult> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken);
}
