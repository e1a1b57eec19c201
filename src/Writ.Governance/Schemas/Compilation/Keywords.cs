using System.Collections.Frozen;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>
/// The keywords that assert something in one draft and nothing in another. Ignoring one would let pass what the author of the schema
/// meant to forbid, so it is refused where it does not belong; a keyword that is in no list and not implemented is an annotation.
/// </summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Never = FrozenSet.Create(StringComparer.Ordinal,
        "$dynamicRef", "$recursiveRef", "extends", "disallow", "divisibleBy");

    private static readonly FrozenSet<string> NotInDraft7 = FrozenSet.Create(StringComparer.Ordinal,
        "prefixItems", "minContains", "maxContains", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties");

    /// <summary>Why this keyword cannot stand in a schema of this dialect; null when it can.</summary>
    public static string? WhyRefused(string keyword, Dialect dialect)
    {
        if (Never.Contains(keyword))
            return $"'{keyword}' is not supported, and an assertion is never ignored";
        if (dialect == Dialect.Draft7 && NotInDraft7.Contains(keyword))
            return $"'{keyword}' is of draft 2020-12, but the schema names draft-07";
        if (dialect == Dialect.Draft202012 && keyword == "additionalItems")
            return "'additionalItems' is of draft-07, but the schema names draft 2020-12";
        return null;
    }
}
