using Writ.Server.Configuration;

namespace Writ.Server.Tests.Configuration;

/// <summary>A home folder of its own, and configurations loaded as a person there would.</summary>
internal sealed class Installation : IDisposable
{
    private readonly Dictionary<string, string> _environment;

    public Installation()
    {
        Home = Directory.CreateTempSubdirectory("writ-configuration-").FullName;
        _environment = new() { ["HOME"] = Home };
    }

    public string Home { get; }

    public string File => Path.Combine(Home, ".config", "writ", "writ.yaml");

    public Installation Write(string yaml, string? path = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path ?? File)!);
        System.IO.File.WriteAllText(path ?? File, yaml);
        return this;
    }

    public Installation Set(string variable, string? value)
    {
        if (value is null)
            _environment.Remove(variable);
        else
            _environment[variable] = value;
        return this;
    }

    public ConfigurationResult Load(string? file = null, params SettingFlag[] flags) =>
        ConfigurationLoader.Load(new ConfigurationSources { File = file, Flags = flags, Environment = _environment });

    public ServerOptions Options(params SettingFlag[] flags) => Load(null, flags) switch
    {
        ConfigurationResult.Loaded loaded => loaded.Options,
        ConfigurationResult.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Problems)),
        _ => throw new InvalidOperationException(),
    };

    public IReadOnlyList<ConfigurationProblem> Problems(params SettingFlag[] flags) =>
        Assert.IsType<ConfigurationResult.Refused>(Load(null, flags)).Problems;

    public ConfigurationProblem Problem(params SettingFlag[] flags) => Assert.Single(Problems(flags));

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
