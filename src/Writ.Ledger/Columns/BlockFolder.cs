using System.Globalization;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Columns;

/// <summary>The files of an index: one a block, numbered from 0. A block gets its name when it is whole. Not thread safe.</summary>
internal sealed class BlockFolder(ColumnIndexOptions options, ColumnSchema schema, ColumnCache cache)
{
    private const string Suffix = ".blk";

    private IDisk Disk => options.Disk;

    /// <summary>The blocks from the first on, as far as they are whole and join; the files of all others are removed.</summary>
    public List<ColumnBlock> Open(IRecordSource source)
    {
        var blocks = new List<ColumnBlock>();
        if (Disk.CreateFolder(options.Folder) is not null)
            return blocks;
        while (Read(blocks.Count) is { } block && block.FirstRow == (ulong)blocks.Count * OpenRun.MostRows && block.Rows == OpenRun.MostRows)
            blocks.Add(block);

        // The last block's root stands for all before it: of another history, or of one that was cut, nothing is left.
        while (blocks.Count > 0 && source.RootAtEndOf(blocks[^1]) != blocks[^1].Root)
            blocks.RemoveAt(blocks.Count - 1);
        RemoveFrom(blocks.Count);
        return blocks;
    }

    /// <summary>Writes a block; null when it cannot be.</summary>
    public ColumnBlock? Write(int number, byte[] bytes)
    {
        var path = PathOf(number);
        Disk.Delete(path + ".new");
        if (!Disk.TryOpen(path + ".new", DiskAccess.Create, out var file, out _))
            return null;
        using (file)
        {
            // Not flushed: after a loss of power a checksum tells, and the block is made again.
            if (file.Write(0, bytes) is not null)
                return null;
        }

        return Disk.Rename(path + ".new", path) is null ? Read(number) : null;
    }

    public void RemoveFrom(int number)
    {
        var names = new List<string>();
        if (Disk.List(options.Folder, names) is not null)
            return;
        foreach (var name in names)
        {
            if (!name.EndsWith(Suffix, StringComparison.Ordinal) || !int.TryParse(name[..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var found) || found >= number)
                Disk.Delete(Path.Combine(options.Folder, name));
        }
    }

    private ColumnBlock? Read(int number) => ColumnBlock.InFile(schema, BlockBytes.In(Disk, PathOf(number)), cache);

    private string PathOf(int number) => Path.Combine(options.Folder, number.ToString("D10", CultureInfo.InvariantCulture) + Suffix);
}
