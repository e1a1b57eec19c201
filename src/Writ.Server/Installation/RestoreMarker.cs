using Writ.Server.Configuration;

namespace Writ.Server.Installation;

/// <summary>
/// The file that stands in the configuration folder while an installation is restored: written before anything else and removed last, so that
/// one that was restored by halves never starts.
/// </summary>
internal static class RestoreMarker
{
    private const string Name = "restore.unfinished";

    /// <summary>Whether a restore into these folders was begun and not ended.</summary>
    public static bool Stands(ServerOptions options) => File.Exists(PathIn(options));

    /// <summary>Puts it there, durably.</summary>
    public static void Put(ServerOptions options)
    {
        using (var file = new FileStream(PathIn(options), FileMode.CreateNew, FileAccess.Write))
            file.Flush(flushToDisk: true);
        KeyHistoryFile.Flush(options.ConfigurationFolder);
    }

    /// <summary>Takes it away, durably: what was restored is whole.</summary>
    public static void Remove(ServerOptions options)
    {
        File.Delete(PathIn(options));
        KeyHistoryFile.Flush(options.ConfigurationFolder);
    }

    private static string PathIn(ServerOptions options) => Path.Combine(options.ConfigurationFolder, Name);
}
