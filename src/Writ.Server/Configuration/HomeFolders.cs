namespace Writ.Server.Configuration;

/// <summary>Where a person's data and configuration lie, by the XDG base directory specification: a relative path there is ignored.</summary>
public static class HomeFolders
{
    /// <summary><c>$XDG_DATA_HOME/writ</c>, else <c>~/.local/share/writ</c>; null without a home.</summary>
    public static string? Data(IReadOnlyDictionary<string, string> environment) => Find(environment, "XDG_DATA_HOME", ".local", "share");

    /// <summary><c>$XDG_CONFIG_HOME/writ</c>, else <c>~/.config/writ</c>; null without a home.</summary>
    public static string? Configuration(IReadOnlyDictionary<string, string> environment) => Find(environment, "XDG_CONFIG_HOME", ".config");

    /// <summary><c>$HOME</c>, if it is an absolute path.</summary>
    public static string? Home(IReadOnlyDictionary<string, string> environment) => Absolute(environment, "HOME");

    private static string? Find(IReadOnlyDictionary<string, string> environment, string variable, params string[] below) =>
        Absolute(environment, variable) is { } named ? Path.Combine(named, "writ")
        : Home(environment) is { } home ? Path.Combine([home, .. below, "writ"])
        : null;

    private static string? Absolute(IReadOnlyDictionary<string, string> environment, string variable) =>
        environment.TryGetValue(variable, out var path) && Path.IsPathFullyQualified(path) ? Path.TrimEndingDirectorySeparator(path) : null;
}
