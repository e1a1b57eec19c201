using Writ.Ledger.Disks;

namespace Writ.Ledger.Scrubbing;

/// <summary>A file of a <see cref="PacedDisk"/>.</summary>
internal sealed class PacedFile(IDiskFile file, Action<long> took) : IDiskFile
{
    public string Path => file.Path;

    public long Length => file.Length;

    public DiskFault? Read(long offset, Span<byte> destination, out int count)
    {
        var fault = file.Read(offset, destination, out count);
        took(count);
        return fault;
    }

    public DiskFault? Write(long offset, ReadOnlySpan<byte> source) => throw new NotSupportedException("old segments are only read");

    public DiskFault? Flush() => throw new NotSupportedException("old segments are only read");

    public void Dispose() => file.Dispose();
}
