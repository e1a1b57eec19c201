using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> (core 10.3.2), which speak of one another.</summary>
internal sealed class PropertiesRule(
    FrozenDictionary<string, Subschema> named,
    IReadOnlyList<(SchemaPattern Pattern, Subschema Schema)> patterned,
    Subschema? additional) : Rule
{
    private const int MaxShown = 12;

    private readonly string _known = Known(named.Keys);

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen)
    {
        if (instance is not ObjectDatum members)
            return null;
        for (var i = 0; i < members.Count; i++)
        {
            var (name, value) = members.Members[i];
            if (!run.Spend(1 + (name.Length / Datum.UnitsPerStep)))
                return null;
            var covered = false;
            if (named.TryGetValue(name, out var schema))
            {
                covered = true;
                if (schema.Check(value, run, null) is { } failure)
                    return failure;
            }

            foreach (var (pattern, matched) in patterned)
            {
                if (!pattern.Occurs(name, run))
                    continue;
                covered = true;
                if (matched.Check(value, run, null) is { } failure)
                    return failure;
            }

            if (!covered && additional is not null)
            {
                covered = true;
                if (additional.IsFalse)
                    return new(instance, "additionalProperties", Unexpected(name));
                if (additional.Check(value, run, null) is { } failure)
                    return failure;
            }

            if (covered)
                seen?.Mark(i);
        }

        return null;
    }

    /// <summary>The members that are named.</summary>
    public IEnumerable<string> Names => named.Keys;

    /// <summary>Whether it speaks of members by pattern, or says of all others that they may be there.</summary>
    public bool HasOthers => patterned.Count > 0 || additional is { IsFalse: false };

    /// <summary>Whether exactly one schema speaks of the member of this name, whatever its value: it is named, and no pattern could add to that.</summary>
    public bool TryGetOnly(string name, Evaluation run, [NotNullWhen(true)] out Subschema? only)
    {
        only = null;
        return patterned.Count == 0 && named.TryGetValue(name, out only) && run.Spend(1 + (name.Length / Datum.UnitsPerStep));
    }

    /// <summary>The schemas that speak of the member of this name.</summary>
    public IEnumerable<Subschema> For(string name, Evaluation run)
    {
        var covered = false;
        if (!run.Spend(1 + (name.Length / Datum.UnitsPerStep)))
            yield break;
        if (named.TryGetValue(name, out var schema))
        {
            covered = true;
            yield return schema;
        }

        foreach (var (pattern, matched) in patterned)
        {
            if (!pattern.Occurs(name, run))
                continue;
            covered = true;
            yield return matched;
        }

        if (!covered && additional is not null)
            yield return additional;
    }

    private string Unexpected(string name) =>
        $"expected no property {Printable.Quote(name)}, which the schema does not have{_known}";

    private static string Known(IReadOnlyCollection<string> names)
    {
        var known = string.Join(", ", names.Order(StringComparer.Ordinal).Take(MaxShown).Select(Printable.Quote));
        return known.Length == 0 ? "" : $" (it has {known}{(names.Count > MaxShown ? ", …" : "")})";
    }
}
