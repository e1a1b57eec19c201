using Writ.Ledger.Disks;

namespace Writ.Ledger.Columns;

/// <summary>The bytes of a block: in memory, or in a file that is opened for each read. Immutable, thread safe.</summary>
internal sealed class BlockBytes(ReadOnlyMemory<byte> memory, IDisk? disk, string path)
{
    public static BlockBytes Of(ReadOnlyMemory<byte> memory) => new(memory, null, "");

    public static BlockBytes In(IDisk disk, string path) => new(default, disk, path);

    /// <summary>Null when they cannot be read in full.</summary>
    public ReadOnlyMemory<byte>? Read(long offset, int length)
    {
        if (offset < 0 || length < 0)
            return null;
        if (disk is null)
            return offset + length <= memory.Length ? memory.Slice((int)offset, length) : null;
        if (!disk.TryOpen(path, DiskAccess.Read, out var file, out _))
            return null;
        using (file)
        {
            if (offset + length > file.Length)
                return null;
            var bytes = GC.AllocateUninitializedArray<byte>(length);
            return file.Read(offset, bytes, out var count) is null && count == length ? bytes : null;
        }
    }
}
