using Writ.Server.Installation;

namespace Writ.Server.Backups;

/// <summary>Folders that backups and restores write into: of one user alone, and never over anything.</summary>
internal static class BackupFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder in which nothing is; the fault, under a code, where there is something.</summary>
    public static InstallationFault? Make(string folder, string code)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            return new InstallationFault(code, $"{folder} is not empty: name a folder in which nothing is, nothing is ever overwritten");
        Directory.CreateDirectory(folder, OwnerOnly);
        return null;
    }

    /// <summary>Whether one folder is the other or lies in it.</summary>
    public static bool IsInside(string inner, string outer) =>
        (Path.TrimEndingDirectorySeparator(Path.GetFullPath(inner)) + "/").StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(outer)) + "/", StringComparison.Ordinal);
}
