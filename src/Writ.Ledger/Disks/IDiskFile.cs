namespace Writ.Ledger.Disks;

/// <summary>
/// An open file. Reads may run on any thread beside one writer; the ledger never has two writers on one file.
/// A write that failed may have changed any byte of its range.
/// </summary>
public interface IDiskFile : IDisposable
{
    /// <summary>The path it was opened by.</summary>
    string Path { get; }

    /// <summary>The current length in bytes.</summary>
    long Length { get; }

    /// <summary>Which file it is and when it changed; null where the storage does not say, and then nothing is believed to be unchanged.</summary>
    FileStamp? Stamp => null;

    /// <summary>
    /// Reads from <paramref name="offset"/> until <paramref name="destination"/> is full or the file ends;
    /// <paramref name="count"/> is how many bytes came. Null when it worked.
    /// </summary>
    DiskFault? Read(long offset, Span<byte> destination, out int count);

    /// <summary>Writes all of <paramref name="source"/> at <paramref name="offset"/>, growing the file if needed. Null when all of it was taken.</summary>
    DiskFault? Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>
    /// Returns null only when every byte written before the call survives a loss of power, with the length needed to read it
    /// (<c>fdatasync</c>). After a fault nothing is known about any of them, and asking again proves nothing.
    /// </summary>
    DiskFault? Flush();
}
