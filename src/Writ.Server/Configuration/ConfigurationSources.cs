using System.Collections;

namespace Writ.Server.Configuration;

/// <summary>Where settings come from. A flag wins over the environment, the environment over the file. Immutable.</summary>
public sealed record ConfigurationSources
{
    /// <summary>
    /// The file named by a flag; it must exist. Without it <c>WRIT_CONFIG</c> names one, and without that <c>writ.yaml</c> in the
    /// configuration folder is read where it exists. The working folder is never searched.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The settings given as flags.</summary>
    public IReadOnlyList<SettingFlag> Flags { get; init; } = [];

    /// <summary>The environment; only <c>WRIT_*</c>, <c>XDG_*</c> and <c>HOME</c> are looked at.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)(e.Value ?? ""));
}
