namespace Writ.Server.Configuration;

/// <summary>
/// Gives each setting the value of its strongest source. Every text is read, also one that a stronger source overrides: a
/// configuration that holds nonsense is refused wherever the nonsense stands.
/// </summary>
internal sealed class SettingReader(IReadOnlyList<SettingText> strongestFirst, List<ConfigurationProblem> problems)
{
    /// <summary>The value, or <paramref name="otherwise"/> where no source has one or the one that counts is wrong.</summary>
    public T Value<T>(Setting<T> setting, T otherwise)
    {
        var found = false;
        var value = otherwise;
        foreach (var text in strongestFirst.Where(t => t.Key == setting.Key))
        {
            var reading = setting.Read(text);
            if (!reading.Understood)
                problems.Add(Problem(setting, text, reading.OutOfBounds));
            else if (!found)
                value = reading.Value;
            found = true;
        }

        return value;
    }

    /// <summary>Where the value came from; null for a default.</summary>
    public SettingText? Origin(ISetting setting) => strongestFirst.FirstOrDefault(t => t.Key == setting.Key);

    /// <summary>Adds a problem that shows only once values are put together.</summary>
    public void Refuse(string code, ISetting setting, string message) =>
        problems.Add(Origin(setting)?.Problem(code, message) ?? new(code, $"{setting.Key} (default)", message));

    private static ConfigurationProblem Problem<T>(Setting<T> setting, SettingText text, string? outOfBounds)
    {
        var shown = text.Text.Length <= 60 ? text.Text : text.Text[..60] + "…";
        return outOfBounds is null
            ? text.Problem(ProblemCodes.BadValue, $"{setting.Key} cannot be '{shown}'; expected {setting.Expected}")
            : text.Problem(ProblemCodes.OutOfBounds, $"{setting.Key} cannot be '{shown}'; {outOfBounds}");
    }
}
