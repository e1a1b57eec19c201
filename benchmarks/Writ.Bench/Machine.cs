using System.Globalization;

namespace Writ.Bench;

/// <summary>Where the numbers come from.</summary>
internal static class Machine
{
    public static string Describe(string folder) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, load {Load()}, {FileSystemOf(folder)}, .NET {Environment.Version}");

    public static string Load() => ReadFirstLine("/proc/loadavg") is { } line ? line.Split(' ')[0] : "unknown";

    private static string Processor()
    {
        foreach (var line in ReadLines("/proc/cpuinfo"))
        {
            if (line.StartsWith("model name", StringComparison.Ordinal))
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return "unknown processor";
    }

    /// <summary>The type of the file system whose mount point is the longest prefix of the folder.</summary>
    private static string FileSystemOf(string folder)
    {
        var (best, type) = ("", "unknown file system");
        foreach (var line in ReadLines("/proc/mounts"))
        {
            var parts = line.Split(' ');
            if (parts.Length > 2 && folder.StartsWith(parts[1], StringComparison.Ordinal) && parts[1].Length >= best.Length)
                (best, type) = (parts[1], parts[2]);
        }

        return type;
    }

    private static string? ReadFirstLine(string path) => ReadLines(path).FirstOrDefault();

    private static IEnumerable<string> ReadLines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
