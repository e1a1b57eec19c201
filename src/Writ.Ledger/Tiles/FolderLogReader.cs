namespace Writ.Ledger.Tiles;

/// <summary>Reads a log from a folder that has its resources as files, as a mirror or an archive keeps it. Thread safe.</summary>
/// <param name="folder">The folder with <c>checkpoint</c> and <c>tile/</c>.</param>
public sealed class FolderLogReader(string folder) : ILogReader
{
    /// <inheritdoc/>
    public async ValueTask<ReadResult> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, path);
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
            if (stream.Length > maxBytes)
                return new ReadResult(new LedgerFault(LedgerFaultKind.LogUnreadable, $"{file} is longer than the {maxBytes} bytes it may have"));
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return new ReadResult(bytes);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ReadResult(new LedgerFault(LedgerFaultKind.NotFound, $"{file} is not there"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new ReadResult(new LedgerFault(LedgerFaultKind.LogUnreadable, $"{file} cannot be read: {failure.Message}"));
        }
    }
}
