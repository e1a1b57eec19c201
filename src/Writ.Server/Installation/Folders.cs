using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>The two folders of an installation. Both belong to one user alone.</summary>
internal static class Folders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes what is missing. The reason, where that fails.</summary>
    public static InstallationFault? Prepare(ServerOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.DataFolder, OwnerOnly);
            Directory.CreateDirectory(options.ConfigurationFolder, OwnerOnly);
            Directory.CreateDirectory(Path.Combine(options.ConfigurationFolder, "checkpoints"), OwnerOnly);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new InstallationFault("WRIT9200", $"the folders cannot be made: {problem.Message}");
        }
    }

    /// <summary>Whether nothing has been written yet: only then may keys be made.</summary>
    public static bool AreNew(ServerOptions options) =>
        !Directory.EnumerateFileSystemEntries(options.DataFolder).Any()
        && !Directory.EnumerateFileSystemEntries(Path.Combine(options.ConfigurationFolder, "checkpoints")).Any();
}
