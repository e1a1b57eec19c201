using System.Collections.Immutable;
using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Schemas.Arguments;

/// <summary>
/// What a schema says of the values at one place without looking at them: its own rules and those that <c>$ref</c> and <c>allOf</c>
/// add in any case.
/// </summary>
internal sealed class ArgumentGuide
{
    /// <summary>That of a place which no schema speaks of.</summary>
    public static readonly ArgumentGuide OfNothing = new([], new Evaluation(1));

    private readonly List<PropertiesRule> _properties = [];
    private readonly List<ItemsRule> _items = [];

    public ArgumentGuide(IEnumerable<Subschema> schemas, Evaluation run)
    {
        var known = new HashSet<Subschema>();
        var open = new Stack<Subschema>(schemas);
        var wide = false;
        while (open.TryPop(out var schema) && run.Spend(1))
        {
            if (!known.Add(schema))
                continue;
            foreach (var rule in schema.Rules)
            {
                switch (rule)
                {
                    case TypeRule { Types: var types }:
                        Types = Types is null ? [.. types] : [.. Types.Where(type => Admits(types, type)), .. types.Where(type => type == "integer" && Types.Contains("number"))];
                        wide |= types.Contains("number");
                        IsInteger |= types.Contains("integer") && !types.Contains("number");
                        break;
                    case PropertiesRule properties:
                        _properties.Add(properties);
                        break;
                    case ItemsRule items:
                        _items.Add(items);
                        break;
                    case RequiredRule required:
                        Required = Required.Union(required.Always);
                        break;
                    case EnumRule { AreTexts: true }:
                        AreTexts = true;
                        break;
                    case AllOfRule or ReferenceRule:
                        foreach (var inPlace in rule.InPlace)
                            open.Push(inPlace);
                        break;
                }
            }
        }

        IsDecimal = wide && !IsInteger;
        IsTooComplex = run.Exhausted;
    }

    /// <summary>Whether it took more steps than it may, so that nothing here is to be relied on.</summary>
    public bool IsTooComplex { get; }

    /// <summary>Whether numbers here are decimals.</summary>
    public bool IsDecimal { get; }

    /// <summary>Whether numbers here are integers; where two types are stated, the narrower.</summary>
    public bool IsInteger { get; private set; }

    /// <summary>The JSON types that a value may be of, as far as they are stated; null where they are not.</summary>
    public ImmutableHashSet<string>? Types { get; private set; }

    /// <summary>Whether only texts are listed.</summary>
    public bool AreTexts { get; private set; }

    /// <summary>The members that must be there.</summary>
    public ImmutableHashSet<string> Required { get; private set; } = [];

    /// <summary>The members that are named.</summary>
    public IEnumerable<string> Named => _properties.SelectMany(rule => rule.Names).Distinct(StringComparer.Ordinal);

    /// <summary>Whether members that are not named are spoken of too, or none are named.</summary>
    public bool HasOthers => !Named.Any() || _properties.Any(rule => rule.HasOthers);

    /// <summary>Whether the first items are spoken of one by one.</summary>
    public bool HasPrefix => _items.Any(rule => rule.HasPrefix);

    /// <summary>The schemas that speak of a member.</summary>
    public IReadOnlyList<Subschema> Member(string name, Evaluation run) => _properties switch
    {
        [] => [],
        [var rule] when rule.TryGetOnly(name, run, out var only) => only.Alone,
        _ => [.. _properties.SelectMany(rule => rule.For(name, run))],
    };

    /// <summary>The schemas that speak of an item.</summary>
    public IReadOnlyList<Subschema> Item(int position) => _items switch
    {
        [] => [],
        [var rule] => rule.For(position)?.Alone ?? [],
        _ => [.. _items.Select(rule => rule.For(position)).OfType<Subschema>()],
    };

    private static bool Admits(IReadOnlyList<string> types, string type) => types.Contains(type) || (type == "integer" && types.Contains("number"));
}
