using System.Diagnostics.CodeAnalysis;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Tests.Faults;

/// <summary>The machine's disk, until a test says what fails.</summary>
internal sealed class FaultyDisk : IDisk
{
    private readonly PosixDisk _real = PosixDisk.Instance;

    /// <summary>Asked before every write and flush of a segment file: operation, path; a fault is returned instead of doing it.</summary>
    public Func<string, string, DiskFault?> Fails { get; set; } = (_, _) => null;

    /// <summary>How many bytes of a failing write are written nevertheless.</summary>
    public int ShortWrite { get; set; }

    public int Flushes { get; private set; }

    public DiskFault? CreateFolder(string path) => _real.CreateFolder(path);

    public DiskFault? List(string folder, ICollection<string> names) => _real.List(folder, names);

    public bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        file = null;
        fault = Fails("open", path);
        if (fault is not null || !_real.TryOpen(path, access, out var real, out fault))
            return false;
        file = new FaultyFile(this, real);
        return true;
    }

    public DiskFault? Rename(string from, string to) => _real.Rename(from, to);

    public DiskFault? Delete(string path) => _real.Delete(path);

    public DiskFault? FlushFolder(string path) => _real.FlushFolder(path);

    public bool TryLock(
        string path,
        [NotNullWhen(true)] out IDisposable? ownership,
        [NotNullWhen(false)] out DiskFault? fault) => _real.TryLock(path, out ownership, out fault);

    private sealed class FaultyFile(FaultyDisk disk, IDiskFile real) : IDiskFile
    {
        public string Path => real.Path;

        public long Length => real.Length;

        public DiskFault? Read(long offset, Span<byte> destination, out int count) => real.Read(offset, destination, out count);

        public DiskFault? Write(long offset, ReadOnlySpan<byte> source)
        {
            if (disk.Fails("pwrite", Path) is not { } fault)
                return real.Write(offset, source);
            real.Write(offset, source[..Math.Min(source.Length, disk.ShortWrite)]);
            return fault;
        }

        public DiskFault? Flush()
        {
            disk.Flushes++;
            return disk.Fails("fdatasync", Path) ?? real.Flush();
        }

        public void Dispose() => real.Dispose();
    }
}
