using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Authoring;
using Writ.Server.Configuration;

namespace Writ.Cli.Policies.Cases;

/// <summary>Takes the keys of a mapping one by one; a key that nobody took is an error, so that a misspelt one is never ignored.</summary>
internal sealed class MapReader
{
    private readonly string _path;
    private readonly List<PolicyProblem> _problems;
    private readonly YamlValue.Map _map;
    private readonly List<string> _known = [];

    public MapReader(string path, List<PolicyProblem> problems, YamlValue value, string what)
    {
        (_path, _problems) = (path, problems);
        _map = value as YamlValue.Map ?? new YamlValue.Map([], value.Line, value.Column);
        if (value is not YamlValue.Map)
            Report(value, $"{what} is {value.Kind}; expected a mapping");
    }

    public YamlValue? Value(string key)
    {
        _known.Add(key);
        return _map.Find(key)?.Value;
    }

    /// <summary>A single word or text; null where it is not given.</summary>
    public string? Word(string key) => Value(key) switch
    {
        null => null,
        YamlValue.Text { Value.Length: > 0 } text => text.Value,
        var other => Wrong(other, $"'{key}' is {other.Kind}; expected a single value"),
    };

    /// <summary>A word that has to be given.</summary>
    public string RequiredWord(string key)
    {
        if (_map.Find(key) is null && _map.Entries.Length > 0)
            Report(_map, $"'{key}' is missing");
        return Word(key) ?? "";
    }

    /// <summary>A whole number within bounds; null where it is not given.</summary>
    public int? Number(string key, int least, int most)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is YamlValue.Text text && int.TryParse(text.Value, System.Globalization.NumberStyles.None, null, out var number) && number >= least && number <= most)
            return number;
        Report(value, $"'{key}': expected a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A list of words, or one word; null where it is not given.</summary>
    public ImmutableArray<string>? Words(string key)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case YamlValue.Text one:
                return [one.Value];
            case YamlValue.List list when list.Items.All(item => item is YamlValue.Text):
                return [.. list.Items.Cast<YamlValue.Text>().Select(item => item.Value)];
            case var other:
                Report(other, $"'{key}' is {other.Kind}; expected a list of words");
                return null;
        }
    }

    /// <summary>A mapping as JSON; null where it is not given.</summary>
    public JsonObject? Object(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (YamlJson.Of(value) is JsonObject found)
            return found;
        Report(value, $"'{key}' is {value.Kind}; expected a mapping");
        return null;
    }

    /// <summary>A reader of the mapping under a key; null where it is not given.</summary>
    public MapReader? Below(string key) => Value(key) is { } value ? new MapReader(_path, _problems, value, $"'{key}'") : null;

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void End()
    {
        foreach (var entry in _map.Entries.Where(entry => !_known.Contains(entry.Key)))
        {
            var hint = Nearest.To(entry.Key, _known) is { } near ? $"did you mean '{near}'?" : $"expected {string.Join(", ", _known)}";
            _problems.Add(new PolicyProblem(_path, entry.Line, entry.Column, $"unknown key '{entry.Key}'; {hint}"));
        }
    }

    public void Report(YamlValue at, string message) => _problems.Add(new PolicyProblem(_path, at.Line, at.Column, message));

    /// <summary>Says what is wrong with the value of a key.</summary>
    public void Report(string key, string message) => Report(_map.Find(key)?.Value ?? _map, message);

    private string? Wrong(YamlValue at, string message)
    {
        Report(at, message);
        return null;
    }
}
