using System.IO.Compression;
using Writ.Cli.Terminal;

namespace Writ.Cli.Evidence;

/// <summary>The files of an evidence pack, from its zip or from the folder it was unpacked to. Bounded; names outside the pack are refused.</summary>
internal static class PackFiles
{
    private const int MaxFiles = 500_000;
    private const long MaxBytes = 2L << 30;
    private const int MaxFileBytes = 64 << 20;

    /// <summary>True when a path looks like a pack.</summary>
    public static bool IsPack(string path) =>
        Directory.Exists(path) ? File.Exists(Path.Combine(path, EvidencePack.Manifest)) : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && File.Exists(path);

    /// <summary>The files by name; null, and why, where they cannot be read.</summary>
    public static SortedDictionary<string, byte[]>? Read(string path, out Trouble? trouble)
    {
        trouble = null;
        try
        {
            return Directory.Exists(path) ? ReadFolder(path, out trouble) : ReadZip(path, out trouble);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            trouble = new Trouble(ExitCode.BadInput, $"{path} cannot be read: {failure.Message}");
            return null;
        }
    }

    private static SortedDictionary<string, byte[]>? ReadFolder(string path, out Trouble? trouble)
    {
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Take(MaxFiles + 1).Select(file => (
            Path.GetRelativePath(path, file).Replace('\\', '/'), new FileInfo(file).Length, (Func<Stream>)(() => File.OpenRead(file))));
        return Read(path, files, out trouble);
    }

    private static SortedDictionary<string, byte[]>? ReadZip(string path, out Trouble? trouble)
    {
        using var zip = ZipFile.OpenRead(path);
        return Read(path, zip.Entries.Take(MaxFiles + 1).Where(e => !e.FullName.EndsWith('/')).Select(e => (e.FullName, e.Length, (Func<Stream>)e.Open)), out trouble);
    }

    private static SortedDictionary<string, byte[]>? Read(string path, IEnumerable<(string Name, long Length, Func<Stream> Open)> entries, out Trouble? trouble)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var total = 0L;
        trouble = null;
        foreach (var (name, length, open) in entries)
        {
            if (files.Count == MaxFiles || length > MaxFileBytes || (total += length) > MaxBytes)
            {
                trouble = new Trouble(ExitCode.BadInput, $"{path} is larger than an evidence pack can be");
                return null;
            }

            // The length that an archive states bounds what is unpacked of it.
            var bytes = new byte[length];
            using var stream = open();
            stream.ReadExactly(bytes);
            if (stream.ReadByte() >= 0 || !files.TryAdd(name, bytes))
            {
                trouble = new Trouble(ExitCode.BadInput, $"{path}: {InertText.Of(name)} is there twice, or longer than it says");
                return null;
            }
        }

        return files;
    }
}
