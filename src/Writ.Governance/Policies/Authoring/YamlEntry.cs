namespace Writ.Governance.Policies.Authoring;

/// <summary>A key of a mapping with its place, and its value.</summary>
public sealed record YamlEntry(string Key, int Line, int Column, YamlValue Value);
