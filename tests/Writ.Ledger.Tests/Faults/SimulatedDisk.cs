using System.Diagnostics.CodeAnalysis;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Tests.Faults;

/// <summary>
/// A disk in memory that keeps what is not yet flushed apart, sector by sector. When the power goes, of each sector any of the
/// contents written since its last flush may be there, or none: writes are lost, reordered and torn. Names of files change in order
/// and are sure once their folder is flushed.
/// </summary>
internal sealed class SimulatedDisk(Random random) : IDisk
{
    private const int Sector = 512;

    private readonly Lock _gate = new();
    private readonly List<Action> _unflushedNames = [];
    private Dictionary<string, Content> _names = [];
    private Dictionary<string, Content> _durableNames = [];
    private readonly HashSet<string> _locks = [];
    private int _life;

    /// <summary>Makes flushes promise what they do not do, to see that the tests would notice.</summary>
    public bool FlushesNothing { get; set; }

    /// <summary>Takes the power away: what was not flushed is lost or kept at random, and every open file is dead.</summary>
    public void LosePower()
    {
        lock (_gate)
        {
            _life++;
            _locks.Clear();
            foreach (var change in _unflushedNames.Take(random.Next(_unflushedNames.Count + 1)))
                change();
            _unflushedNames.Clear();
            foreach (var content in _durableNames.Values.Distinct())
                content.LosePower(random);
            _names = new Dictionary<string, Content>(_durableNames);
        }
    }

    public DiskFault? CreateFolder(string path) => null;

    public DiskFault? List(string folder, ICollection<string> names)
    {
        lock (_gate)
        {
            foreach (var path in _names.Keys.Where(p => Path.GetDirectoryName(p) == folder))
                names.Add(Path.GetFileName(path));
            return null;
        }
    }

    public bool TryOpen(
        string path,
        DiskAccess access,
        [NotNullWhen(true)] out IDiskFile? file,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        lock (_gate)
        {
            var exists = _names.TryGetValue(path, out var content);
            var create = access is DiskAccess.Create or DiskAccess.CreateUncached;
            fault = exists == create ? new DiskFault("open", path, create ? 17 : DiskFault.NoEntry) : null;
            if (create && fault is null)
            {
                content = new Content();
                _names[path] = content;
                Later(() => _durableNames[path] = content);
            }

            file = fault is null ? new OpenFile(this, path, content!, _life) : null;
            return fault is null;
        }
    }

    public DiskFault? Rename(string from, string to)
    {
        lock (_gate)
        {
            if (!_names.Remove(from, out var content))
                return new DiskFault("rename", from, DiskFault.NoEntry);
            _names[to] = content;
            Later(() =>
            {
                _durableNames.Remove(from);
                _durableNames[to] = content;
            });
            return null;
        }
    }

    public DiskFault? Delete(string path)
    {
        lock (_gate)
        {
            if (!_names.Remove(path))
                return new DiskFault("unlink", path, DiskFault.NoEntry);
            Later(() => _durableNames.Remove(path));
            return null;
        }
    }

    public DiskFault? FlushFolder(string path)
    {
        lock (_gate)
        {
            if (FlushesNothing)
                return null;
            foreach (var change in _unflushedNames)
                change();
            _unflushedNames.Clear();
            return null;
        }
    }

    public bool TryLock(
        string path,
        [NotNullWhen(true)] out IDisposable? ownership,
        [NotNullWhen(false)] out DiskFault? fault)
    {
        lock (_gate)
        {
            var free = _locks.Add(path);
            ownership = free ? new Ownership(this, path, _life) : null;
            fault = free ? null : new DiskFault("flock", path, DiskFault.Again);
            return free;
        }
    }

    private void Later(Action change) => _unflushedNames.Add(change);

    /// <summary>What a file holds: the bytes as programs see them, as the platters have them, and what lies between.</summary>
    private sealed class Content
    {
        private readonly Dictionary<long, List<byte[]>> _unflushed = [];
        private byte[] _seen = [];
        private byte[] _durable = [];

        public byte[] Seen => _seen;

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            if (_seen.Length < offset + source.Length)
                Array.Resize(ref _seen, (int)(offset + source.Length));
            source.CopyTo(_seen.AsSpan((int)offset));
            for (var sector = offset / Sector; sector * Sector < offset + source.Length; sector++)
            {
                if (!_unflushed.TryGetValue(sector, out var versions))
                    _unflushed[sector] = versions = [];
                versions.Add(_seen.AsSpan((int)(sector * Sector), (int)Math.Min(Sector, _seen.Length - sector * Sector)).ToArray());
            }
        }

        public void Flush()
        {
            _durable = _seen.ToArray();
            _unflushed.Clear();
        }

        public void LosePower(Random random)
        {
            foreach (var (sector, versions) in _unflushed)
            {
                var chosen = random.Next(versions.Count + 1);
                if (chosen == versions.Count)
                    continue;
                if (_durable.Length < sector * Sector + versions[chosen].Length)
                    Array.Resize(ref _durable, (int)(sector * Sector + versions[chosen].Length));
                versions[chosen].CopyTo(_durable, sector * Sector);
            }

            _seen = _durable.ToArray();
            _unflushed.Clear();
        }
    }

    private sealed class OpenFile(SimulatedDisk disk, string path, Content content, int life) : IDiskFile
    {
        public string Path => path;

        public long Length
        {
            get
            {
                lock (disk._gate)
                    return content.Seen.Length;
            }
        }

        private DiskFault? Dead => life == disk._life ? null : new DiskFault("power", path, DiskFault.InputOutput);

        public DiskFault? Read(long offset, Span<byte> destination, out int count)
        {
            lock (disk._gate)
            {
                count = (int)Math.Clamp(content.Seen.Length - offset, 0, destination.Length);
                if (Dead is { } dead)
                    return dead;
                content.Seen.AsSpan((int)Math.Min(offset, content.Seen.Length), count).CopyTo(destination);
                return null;
            }
        }

        public DiskFault? Write(long offset, ReadOnlySpan<byte> source)
        {
            lock (disk._gate)
            {
                if (Dead is { } dead)
                    return dead;
                content.Write(offset, source);
                return null;
            }
        }

        public DiskFault? Flush()
        {
            lock (disk._gate)
            {
                if (Dead is { } dead)
                    return dead;
                if (!disk.FlushesNothing)
                    content.Flush();
                return null;
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class Ownership(SimulatedDisk disk, string path, int life) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
            {
                if (life == disk._life)
                    disk._locks.Remove(path);
            }
        }
    }
}
