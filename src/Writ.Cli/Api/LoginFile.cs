using Writ.Cli.Terminal;
using Writ.Server.Configuration;

namespace Writ.Cli.Api;

/// <summary>Where <c>writ login</c> keeps a token and whose it is: a file of the configuration folder that its owner alone may read.</summary>
internal static class LoginFile
{
    private const int MaxBytes = 4_096;

    /// <summary>The file's path, whether it is there or not; null where there is no folder for it.</summary>
    public static string? PathIn(IReadOnlyDictionary<string, string> environment) =>
        (environment.GetValueOrDefault("WRIT_CONFIGURATION_FOLDER") is { Length: > 0 } configured ? configured : HomeFolders.Configuration(environment)) is { } folder
            ? Path.Combine(folder, "login.token")
            : null;

    /// <summary>The server that the token is for; null where nobody is logged in.</summary>
    public static Uri? ServerIn(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return PathIn(environment) is { } path && File.Exists(path) && new FileInfo(path).Length <= MaxBytes && File.ReadAllLines(path) is [_, var server, ..]
                && Uri.TryCreate(server, UriKind.Absolute, out var address)
                ? address
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a token and its server in the place of what was there. Null when they are kept.</summary>
    public static Trouble? Keep(string token, Uri server, IReadOnlyDictionary<string, string> environment, out string path)
    {
        path = PathIn(environment) ?? "";
        if (path.Length == 0)
            return new Trouble(ExitCode.BadInput, "there is no place for the token: HOME is not set") { Advice = "Set WRIT_CONFIGURATION_FOLDER." };
        var beside = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using (var file = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                file.Write(System.Text.Encoding.ASCII.GetBytes($"{token}\n{server}\n"));
            File.Move(beside, path, overwrite: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.BadInput, $"{path} cannot be written: {failure.Message}");
        }
    }
}
