using Writ.Cedar.Analysis;
using Writ.Governance.NamedFacts;

namespace Writ.Governance.Policies.Proofs;

/// <summary>What is certain of the named facts of a tool: which there are and of which types. What they say may be anything, or unavailable.</summary>
internal static class FactDomains
{
    public static IEnumerable<KeyValuePair<string, AttributeDomain>> Of(FactPlan plan) =>
    [
        .. Group("context.derived", plan.Derived.Select(fact => (fact.Declaration.Name, fact.Type))),
        .. Group("context.facts", plan.Sources.Select(source => (source.Name, source.Type))),
    ];

    private static IEnumerable<KeyValuePair<string, AttributeDomain>> Group(string path, IEnumerable<(string Name, FactType Type)> facts)
    {
        yield return KeyValuePair.Create(path, Record);
        foreach (var (name, type) in facts)
        {
            yield return KeyValuePair.Create($"{path}.{name}", Record);
            foreach (var (member, its) in type.Members)
                yield return KeyValuePair.Create($"{path}.{name}.{member}", AttributeDomain.Always(Type(its)));
        }
    }

    private static AttributeDomain Record { get; } = AttributeDomain.Always(ValueTypes.Record) with { MayBePoison = true, Closed = true };

    private static ValueTypes Type(string type) => type switch
    {
        "String" => ValueTypes.String,
        "Long" => ValueTypes.Long,
        "Bool" => ValueTypes.Bool,
        "decimal" => ValueTypes.Decimal,
        "datetime" => ValueTypes.Datetime,
        _ => ValueTypes.Set,
    };
}
