namespace Writ.Cli.Policies.Cases;

/// <summary>A key of a mapping with its place, and its value.</summary>
internal sealed record YamlEntry(string Key, int Line, int Column, YamlValue Value);
