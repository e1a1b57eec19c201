using Writ.Gateways.Files;

namespace Writ.Cli.Discovery;

/// <summary>
/// Walks a folder: no link is followed, folders of packages and builds are passed over, and it ends at a number of entries, of files, of findings, a
/// depth and a time. Nothing that it reads is run or asked for anything.
/// </summary>
internal sealed class TreeScan(DiscoveryLimits limits, TimeProvider time)
{
    private static readonly HashSet<string> PassedOver = new(StringComparer.Ordinal)
    {
        ".git", ".hg", ".svn", "node_modules", "bower_components", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache", "site-packages", "bin", "obj", "artifacts", "dist", "build", "target",
        "vendor", ".next", ".nuxt", ".gradle", ".terraform", ".cache", "coverage",
    };

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = false, ReturnSpecialDirectories = false };

    /// <summary>What a folder holds.</summary>
    public Discovered Scan(string folder, CancellationToken cancellation)
    {
        var found = new Discovered(limits);
        var root = new DirectoryInfo(Path.GetFullPath(folder));
        var until = time.GetUtcNow() + limits.Time;
        var (entries, waiting) = (0, new Stack<(DirectoryInfo Folder, string Path, int Depth)>());
        waiting.Push((root, "", 0));
        while (waiting.TryPop(out var current))
        {
            foreach (var entry in Entries(current.Folder, current.Path, found))
            {
                cancellation.ThrowIfCancellationRequested();
                var path = current.Path.Length == 0 ? entry.Name : $"{current.Path}/{entry.Name}";
                if (++entries > limits.Entries || found.Read >= limits.Files || found.IsFull || time.GetUtcNow() >= until)
                {
                    found.Skip(path, "the scan ended here: too many entries, files or findings, or too long");
                    return found;
                }

                if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    if (entry is DirectoryInfo ? !PassedOver.Contains(entry.Name) && FileReader.IsOfInterest(path + "/x.md") : FileReader.IsOfInterest(path))
                        found.Skip(path, "it is a link, and links are not followed");
                }
                else if (entry is DirectoryInfo inner)
                {
                    if (PassedOver.Contains(entry.Name))
                        continue;
                    if (current.Depth >= limits.Depth)
                        found.Skip(path, $"it is more than {limits.Depth} folders deep");
                    else
                        waiting.Push((inner, path, current.Depth + 1));
                }
                else if (FileReader.IsOfInterest(path))
                {
                    Read(entry.FullName, path, root.Name, found);
                }
            }
        }

        return found;
    }

    private void Read(string full, string path, string folder, Discovered found)
    {
        if (PlainFile.Read(full, limits.FileBytes, out var why) is { } bytes)
        {
            found.Read++;
            FileReader.Read(path, bytes, folder, found);
        }
        else if (why is not null)
        {
            found.Skip(path, why);
        }
    }

    /// <summary>As many entries of a folder as may be seen, in their order.</summary>
    private FileSystemInfo[] Entries(DirectoryInfo folder, string path, Discovered found)
    {
        try
        {
            return folder.EnumerateFileSystemInfos("*", Everything).Take(limits.Entries + 1).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            found.Skip(path.Length == 0 ? folder.Name : path, "it cannot be read");
            return [];
        }
    }
}
