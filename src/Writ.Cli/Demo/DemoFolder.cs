namespace Writ.Cli.Demo;

/// <summary>The installation of one demo: data, keys, and what the desk may write, apart from each other. A temporary one goes with the demo.</summary>
internal sealed class DemoFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DemoFolder(string path, bool temporary)
    {
        (Path, IsTemporary) = (path, temporary);
        Directory.CreateDirectory(DeskFolder, OwnerOnly);
    }

    public string Path { get; }

    public bool IsTemporary { get; }

    public string Data => System.IO.Path.Combine(Path, "data");

    public string Configuration => System.IO.Path.Combine(Path, "configuration");

    public string TokenFile => System.IO.Path.Combine(Configuration, "administrator.token");

    /// <summary>The only place the desk may write.</summary>
    public string DeskFolder => System.IO.Path.Combine(Path, "desk");

    /// <summary>One line for each call that reached the desk, written by the desk itself.</summary>
    public string DeskLog => System.IO.Path.Combine(DeskFolder, "calls.jsonl");

    /// <summary>A folder of its own below the system's temporary one.</summary>
    public static DemoFolder Temporary() => new(Directory.CreateTempSubdirectory("writ-demo-").FullName, temporary: true);

    /// <summary>The given folder, which is kept; null when something is in it already.</summary>
    public static DemoFolder? At(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (IsTaken(full))
            return null;
        Directory.CreateDirectory(full, OwnerOnly);
        return new DemoFolder(full, temporary: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsTemporary)
            Directory.Delete(Path, recursive: true);
    }

    private static bool IsTaken(string full) => File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any());
}
