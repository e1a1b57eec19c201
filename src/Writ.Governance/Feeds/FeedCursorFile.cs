using System.Security.Cryptography;
using System.Text;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;

namespace Writ.Governance.Feeds;

/// <summary>
/// Where a feed has come to, kept in a file: the log's origin, how many of its records are done with, and the root over them, written as a
/// checkpoint is, and vouched for: whoever can only write into the data folder cannot make a feed pass records over. Replaced in one step,
/// so that a crash leaves the old or the new. Not thread safe.
/// </summary>
/// <param name="path">The file; its folder is made if absent.</param>
/// <param name="key">Vouches for it: 32 bytes from the configuration folder.</param>
/// <param name="disk">The storage; by default the machine's.</param>
public sealed class FeedCursorFile(string path, byte[] key, IDisk? disk = null)
{
    private const int MaxBytes = 1_024;
    private const string Mark = "\nhmac-sha256 ";

    private readonly IDisk _disk = disk ?? PosixDisk.Instance;

    /// <summary>Reads it. False, with the reason, where there is something that cannot be read; null where nothing was kept yet.</summary>
    public bool TryRead(out Checkpoint? cursor, out string fault)
    {
        (cursor, fault) = (null, "");
        if (!_disk.TryOpen(path, DiskAccess.Read, out var file, out var unopened))
        {
            fault = unopened.IsNoEntry ? "" : unopened.ToString();
            return unopened.IsNoEntry;
        }

        using (file)
        {
            var bytes = new byte[Math.Min(file.Length, MaxBytes)];
            if (file.Read(0, bytes, out var count) is { } unread)
            {
                fault = unread.ToString();
                return false;
            }

            var text = Encoding.UTF8.GetString(bytes.AsSpan(0, count));
            var end = text.LastIndexOf(Mark, StringComparison.Ordinal) + 1;
            if (end > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text[(end - 1)..]), Encoding.UTF8.GetBytes(Vouched(text[..end]))) && Checkpoint.TryParse(text[..end], out cursor))
                return true;
            cursor = null;
            fault = $"{path} is not what was written there";
            return false;
        }
    }

    /// <summary>Keeps it, durably. Null when it is kept, else why not.</summary>
    public string? Write(Checkpoint cursor)
    {
        var folder = Path.GetDirectoryName(path)!;
        var unfinished = path + ".new";
        if (_disk.CreateFolder(folder) is { } unmade)
            return unmade.ToString();
        if (_disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left.ToString();
        if (!_disk.TryOpen(unfinished, DiskAccess.Create, out var file, out var fault))
            return fault.ToString();
        using (file)
            fault = file.Write(0, Encoding.UTF8.GetBytes(cursor.ToText() + Vouched(cursor.ToText())[1..])) ?? file.Flush();
        return (fault ?? _disk.Rename(unfinished, path) ?? _disk.FlushFolder(folder))?.ToString();
    }

    /// <summary>What stands behind a checkpoint, the end of its last line included. Bound to the file's name, so that no feed's is another's.</summary>
    private string Vouched(string text) => Mark + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Path.GetFileName(path)}\n{text}"))) + "\n";

    /// <summary>Removes it. Null when it is gone, else why not.</summary>
    public string? Delete() => _disk.Delete(path) is { IsNoEntry: false } fault ? fault.ToString() : null;
}
