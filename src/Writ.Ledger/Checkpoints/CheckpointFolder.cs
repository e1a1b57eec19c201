using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Disks;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Checkpoints;

/// <summary>
/// Kept checkpoints as files, one a log, named after SHA-256 of the origin. Each replacement is written beside, flushed, renamed
/// over, and the folder flushed, under a lock that also holds against other processes. Thread safe.
/// </summary>
/// <param name="path">The folder; outside the data folder, and made if absent.</param>
/// <param name="disk">The storage; by default the machine's.</param>
public sealed class CheckpointFolder(string path, IDisk? disk = null) : ICheckpointStore
{
    private const string Extension = ".checkpoint";

    private readonly IDisk _disk = disk ?? PosixDisk.Instance;
    private readonly Lock _gate = new();

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public LedgerFault? ReadAll(IDictionary<string, byte[]> notes)
    {
        lock (_gate)
        {
            var names = new List<string>();
            if ((_disk.CreateFolder(path) ?? _disk.List(path, names)) is { } fault)
                return Failed(fault);
            foreach (var name in names)
            {
                if (!name.EndsWith(Extension, StringComparison.Ordinal))
                    continue;
                if (Read(System.IO.Path.Combine(path, name), out var bytes) is { } unread)
                    return Failed(unread);
                // The name proves which log a note was kept for; a note moved to another name would hide a log.
                if (!SignedNote.TryParse(bytes, out var note)
                    || !Checkpoint.TryParse(note.Text, out var checkpoint)
                    || NameOf(checkpoint.Origin) != name)
                    return new LedgerFault(
                        LedgerFaultKind.CheckpointInvalid,
                        $"{System.IO.Path.Combine(path, name)} is not the kept checkpoint its name says");
                notes[checkpoint.Origin] = bytes;
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next)
    {
        lock (_gate)
        {
            if (_disk.CreateFolder(path) is { } unmade)
                return Failed(unmade);
            if (!_disk.TryLock(System.IO.Path.Combine(path, "lock"), out var ownership, out var busy))
                return busy.ErrorNumber == DiskFault.Again ? Conflict(origin) : Failed(busy);
            using (ownership)
            {
                var file = System.IO.Path.Combine(path, NameOf(origin));
                var fault = Read(file, out var current);
                if (fault is { IsNoEntry: false })
                    return Failed(fault);
                if (expected is null ? fault is null : fault is not null || !current.AsSpan().SequenceEqual(expected))
                    return Conflict(origin);
                return Replace(file, next) is { } unwritten ? Failed(unwritten) : null;
            }
        }
    }

    private DiskFault? Replace(string file, ReadOnlySpan<byte> bytes)
    {
        var unfinished = file + ".new";
        if (_disk.Delete(unfinished) is { IsNoEntry: false } left)
            return left;
        if (!_disk.TryOpen(unfinished, DiskAccess.Create, out var handle, out var fault))
            return fault;
        using (handle)
            fault = handle.Write(0, bytes) ?? handle.Flush();
        return fault ?? _disk.Rename(unfinished, file) ?? _disk.FlushFolder(path);
    }

    private DiskFault? Read(string file, out byte[] bytes)
    {
        bytes = [];
        if (!_disk.TryOpen(file, DiskAccess.Read, out var handle, out var fault))
            return fault;
        using (handle)
        {
            bytes = new byte[Math.Min(handle.Length, SignedNote.MaxLength + 1)];
            fault = handle.Read(0, bytes, out var count);
            bytes = bytes[..count];
            return fault;
        }
    }

    private static string NameOf(string origin) => Hash256.Of(Encoding.UTF8.GetBytes(origin)).ToHex() + Extension;

    private static LedgerFault Failed(DiskFault fault) => new(LedgerFaultKind.StorageFailed, $"the kept checkpoints: {fault}");

    private static LedgerFault Conflict(string origin) => new(
        LedgerFaultKind.CheckpointConflict,
        $"the kept checkpoint of {origin} was changed by somebody else: two installations must not sign for one log");
}
