using System.Collections.Immutable;

namespace Writ.Governance.Policies.Authoring;

/// <summary>A node of a YAML document with its place. Immutable.</summary>
public abstract record YamlValue(int Line, int Column)
{
    /// <summary>What an error message calls it.</summary>
    public abstract string Kind { get; }

    /// <summary>A scalar.</summary>
    /// <param name="Value">What it says.</param>
    /// <param name="IsPlain">Whether it stands without quotes, and so may be a number, a truth value or nothing.</param>
    public sealed record Text(string Value, bool IsPlain, int Line, int Column) : YamlValue(Line, Column)
    {
        public override string Kind => Value.Length == 0 ? "empty" : "a single value";
    }

    /// <summary>A sequence.</summary>
    public sealed record List(ImmutableArray<YamlValue> Items, int Line, int Column) : YamlValue(Line, Column)
    {
        public override string Kind => "a list";
    }

    /// <summary>A mapping; no key stands twice.</summary>
    public sealed record Map(ImmutableArray<YamlEntry> Entries, int Line, int Column) : YamlValue(Line, Column)
    {
        public override string Kind => "a mapping";

        public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
    }
}
