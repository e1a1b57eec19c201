using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Schemas.Arguments;

/// <summary>
/// What a schema says of the values at one place without looking at them: its own rules and those that <c>$ref</c> and <c>allOf</c>
/// add in any case.
/// </summary>
internal sealed class ArgumentGuide
{
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
                        wide |= types.Contains("number");
                        IsInteger |= types.Contains("integer") && !types.Contains("number");
                        break;
                    case PropertiesRule properties:
                        _properties.Add(properties);
                        break;
                    case ItemsRule items:
                        _items.Add(items);
                        break;
                    case AllOfRule or ReferenceRule:
                        foreach (var inPlace in rule.InPlace)
                            open.Push(inPlace);
                        break;
                }
            }
        }

        IsDecimal = wide && !IsInteger;
    }

    /// <summary>Whether numbers here are decimals.</summary>
    public bool IsDecimal { get; }

    /// <summary>Whether numbers here are integers; where two types are stated, the narrower.</summary>
    public bool IsInteger { get; private set; }

    /// <summary>The schemas that speak of a member.</summary>
    public IReadOnlyList<Subschema> Member(string name, Evaluation run) => [.. _properties.SelectMany(rule => rule.For(name, run))];

    /// <summary>The schemas that speak of an item.</summary>
    public IReadOnlyList<Subschema> Item(int position) => [.. _items.Select(rule => rule.For(position)).OfType<Subschema>()];
}
