using System.Collections.Immutable;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Authoring;

/// <summary>Reads <c>constraints</c> into the words of <c>@constraint</c>, each proved readable there.</summary>
internal static class FormConstraints
{
    /// <summary>The constraints with their kinds; what is wrong is reported.</summary>
    public static ImmutableArray<(string Kind, string Text)> Read(YamlValue value, Action<YamlValue, string> report)
    {
        if (value is not YamlValue.Map { Entries.Length: > 0 } map)
        {
            report(value, "'constraints': expected a mapping such as 'timeout: 30s'");
            return [];
        }

        var read = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var entry in map.Entries)
        {
            foreach (var text in Words(entry, report))
            {
                if (ConstraintParser.Parse(text, out var error) is null)
                    report(entry.Value, $"'{entry.Key}': {error}");
                read.Add((entry.Key, text));
            }
        }

        return read.ToImmutable();
    }

    private static IEnumerable<string> Words(YamlEntry entry, Action<YamlValue, string> report)
    {
        switch (entry.Value)
        {
            case YamlValue.Text { IsPlain: true, Value: "true" }:
                yield return entry.Key;
                break;
            case YamlValue.Text text:
                yield return $"{entry.Key} {text.Value}";
                break;
            case YamlValue.List list when Names(list) is { } names:
                yield return $"{entry.Key} {names}";
                break;
            case YamlValue.Map { Entries.Length: > 0 } map:
                foreach (var argument in map.Entries)
                {
                    if (argument.Value is YamlValue.List list && Names(list) is { } values)
                        yield return $"{entry.Key} {argument.Key} in {values}";
                    else if (argument.Value is YamlValue.Text most)
                        yield return $"{entry.Key} {argument.Key} <= {most.Value}";
                    else
                        report(argument.Value, $"'{entry.Key}': of the argument '{argument.Key}', expected the most it may be, or a list of what it may be");
                }

                break;
            default:
                report(entry.Value, $"'{entry.Key}': expected a value, a list of names without commas, or a mapping of arguments");
                break;
        }
    }

    /// <summary>A comma inside a name would make two of it.</summary>
    private static string? Names(YamlValue.List list) =>
        list.Items.Length > 0 && list.Items.All(item => item is YamlValue.Text { Value.Length: > 0 } text && !text.Value.Contains(',', StringComparison.Ordinal) && text.Value.Trim() == text.Value)
            ? string.Join(", ", list.Items.Cast<YamlValue.Text>().Select(text => text.Value))
            : null;
}
