namespace Writ.Server.Configuration;

/// <summary>
/// Reads the <c>WRIT_*</c> variables. Other programs' variables may start alike (a cluster names its services that way), so an unknown
/// one is an error only where it can only have been meant for this: nearly a setting's name, or inside one of its sections.
/// </summary>
internal static class SettingVariables
{
    private static readonly string[] Sections = ["WRIT_LIMITS_", "WRIT_LEDGER_"];

    public static IEnumerable<SettingText> Read(IReadOnlyDictionary<string, string> environment, string? home, List<ConfigurationProblem> problems)
    {
        var known = Settings.All.ToDictionary(s => s.Variable, s => s.Key, StringComparer.Ordinal);
        foreach (var (name, value) in environment.Where(v => v.Key.StartsWith("WRIT_", StringComparison.OrdinalIgnoreCase)).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (known.TryGetValue(name, out var key))
                yield return new SettingText(key, value, name, Directory.GetCurrentDirectory(), home);
            else if (Meant(name, known.Keys) is { } why)
                problems.Add(new(ProblemCodes.UnknownKey, name, why));
        }
    }

    private static string? Meant(string name, IEnumerable<string> known)
    {
        if (name.Contains("_SERVICE_", StringComparison.Ordinal) || name.Contains("_PORT", StringComparison.Ordinal))
            return null;
        var near = known.FirstOrDefault(k => Nearest.Within(name, k, edits: 2));
        return near is not null ? $"unknown variable; did you mean {near}?"
            : Sections.Any(s => name.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ? "unknown variable; no setting has this name"
            : null;
    }
}
