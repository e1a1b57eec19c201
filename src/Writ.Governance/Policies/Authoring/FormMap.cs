using System.Collections.Immutable;

namespace Writ.Governance.Policies.Authoring;

/// <summary>A mapping of a form, read key by key: a key that is not among the known ones is an error, so that a misspelt one is never ignored.</summary>
internal sealed class FormMap
{
    private readonly YamlValue.Map _map;
    private readonly Action<YamlValue, string> _report;

    private FormMap(YamlValue.Map map, Action<YamlValue, string> report) => (_map, _report) = (map, report);

    public YamlValue Place => _map;

    /// <summary>The mapping; null, and reported, where the value is something else.</summary>
    public static FormMap? Of(YamlValue value, string what, ImmutableArray<string> known, Action<YamlValue, string> report)
    {
        if (value is not YamlValue.Map map)
        {
            report(value, $"{what} is {value.Kind}; expected a mapping with {string.Join(", ", known)}");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
            report(new YamlValue.Text(entry.Key, true, entry.Line, entry.Column), $"unknown key '{entry.Key}'; expected {string.Join(", ", known)}");
        return new FormMap(map, report);
    }

    public bool Has(string key) => _map.Find(key) is not null;

    public YamlValue? Value(string key) => _map.Find(key)?.Value;

    /// <summary>A text that is not empty; null where it is not given, or reported.</summary>
    public YamlValue.Text? Text(string key) => Value(key) switch
    {
        null => null,
        YamlValue.Text { Value.Length: > 0 } text => text,
        var other => Wrong<YamlValue.Text>(other, $"'{key}' is {other.Kind}; expected a single value"),
    };

    /// <summary>A text that has to be given.</summary>
    public YamlValue.Text? Required(string key) => Has(key) ? Text(key) : Wrong<YamlValue.Text>(_map, $"'{key}' is missing");

    /// <summary>A list of texts, or one text, that is not empty; null where it is not given, or reported.</summary>
    public ImmutableArray<YamlValue.Text>? Texts(string key)
    {
        switch (Value(key))
        {
            case null:
                return null;
            case YamlValue.Text { Value.Length: > 0 } one:
                return [one];
            case YamlValue.List { Items.Length: > 0 } list when list.Items.All(item => item is YamlValue.Text { Value.Length: > 0 }):
                return [.. list.Items.Cast<YamlValue.Text>()];
            case var other:
                _report(other, $"'{key}' is {(other is YamlValue.List ? "a list that is empty or holds something else than single values" : other.Kind)}; expected a list of names");
                return null;
        }
    }

    /// <summary><c>true</c> or <c>false</c>, without quotes; false where it is not given.</summary>
    public bool Flag(string key)
    {
        switch (Value(key))
        {
            case null or YamlValue.Text { IsPlain: true, Value: "false" }:
                return false;
            case YamlValue.Text { IsPlain: true, Value: "true" }:
                return true;
            case var other:
                _report(other, $"'{key}': expected true or false");
                return false;
        }
    }

    public void Report(YamlValue at, string message) => _report(at, message);

    private T? Wrong<T>(YamlValue at, string message)
        where T : class
    {
        _report(at, message);
        return null;
    }
}
