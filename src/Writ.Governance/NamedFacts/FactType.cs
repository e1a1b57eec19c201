using System.Collections.Immutable;

namespace Writ.Governance.NamedFacts;

/// <summary>The shape of a named fact: a record with these members, none of them optional.</summary>
/// <param name="Members">Name and Cedar type of each: <c>Long</c>, <c>Bool</c>, <c>String</c>, <c>decimal</c>, <c>datetime</c> or <c>Set&lt;String&gt;</c>.</param>
public sealed record FactType(ImmutableSortedDictionary<string, string> Members)
{
    /// <summary>The type in the language of Cedar schemas, such as <c>{ count: Long, max: decimal }</c>.</summary>
    public string CedarType => "{ " + string.Join(", ", Members.Select(m => $"{m.Key}: {m.Value}")) + " }";

    internal static FactType Of(params (string Name, string Type)[] members) =>
        new(members.ToImmutableSortedDictionary(m => m.Name, m => m.Type, StringComparer.Ordinal));
}
