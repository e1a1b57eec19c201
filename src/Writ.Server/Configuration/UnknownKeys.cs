namespace Writ.Server.Configuration;

/// <summary>What is said about a key nobody knows.</summary>
internal static class UnknownKeys
{
    /// <summary>Names the nearest known key: in the same section first, then by its last word anywhere.</summary>
    public static string Message(string key)
    {
        var shown = key.Length <= 60 ? key : key[..60] + "…";
        var at = key.LastIndexOf('.');
        var (section, name) = at < 0 ? ("", key) : (key[..at], key[(at + 1)..]);
        var near = Nearest.To(name, Settings.NamesIn(section)) is { } beside
            ? (section.Length == 0 ? beside : $"{section}.{beside}")
            : Nearest.To(name, Settings.All.Select(s => s.Key.Split('.')[^1])) is { } last
                ? Settings.All.First(s => s.Key.Split('.')[^1] == last).Key
                : null;
        return near is not null ? $"unknown key '{shown}'; did you mean '{near}'?"
            : Settings.NamesIn(section).Any() ? $"unknown key '{shown}'; known here: {string.Join(", ", Settings.NamesIn(section))}"
            : $"unknown key '{shown}'";
    }
}
