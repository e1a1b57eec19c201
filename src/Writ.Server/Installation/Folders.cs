using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>The two folders of an installation. Both belong to one user alone.</summary>
internal static class Folders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes what is missing and takes ownership, so that of two processes at a first start one alone makes keys. The reason, where that
    /// fails or a folder is open to others.
    /// </summary>
    /// <param name="options">Where the folders are.</param>
    /// <param name="ownership">Held while the installation is open.</param>
    /// <param name="isNew">Whether nothing has been written yet: only then may keys be made.</param>
    public static InstallationFault? Prepare(ServerOptions options, out IDisposable? ownership, out bool isNew)
    {
        (ownership, isNew) = (null, false);
        var checkpoints = Path.Combine(options.ConfigurationFolder, "checkpoints");
        try
        {
            foreach (var folder in new[] { options.DataFolder, options.ConfigurationFolder, checkpoints })
            {
                if (Directory.CreateDirectory(folder, OwnerOnly).UnixFileMode.HasFlag(UnixFileMode.OtherWrite))
                    return new InstallationFault("WRIT9207", $"everybody may write to {folder}: run 'chmod 700 {folder}'");
            }

            ownership = Own(Path.Combine(options.ConfigurationFolder, "owner.lock"));
            isNew = IsEmpty(options.DataFolder) && IsEmpty(checkpoints);
            return ownership is null
                ? new InstallationFault("WRIT2021", $"another process owns {options.ConfigurationFolder}: stop it, an installation has one owner")
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new InstallationFault("WRIT9200", $"the folders cannot be made: {problem.Message}");
        }
    }

    private static FileStream? Own(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();
}
