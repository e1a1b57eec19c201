using Writ.Cedar.Schemas;
using Writ.Governance.NamedFacts;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Typing;

/// <summary>The vocabulary in the form of a Cedar schema, for people and for other tools. Stateless, thread safe.</summary>
public static class PolicyVocabulary
{
    /// <summary>
    /// The schema that policies are validated against. What it leaves open has no form in Cedar, and is left out: places that no schema of
    /// a tool types, and what enforcement points assert.
    /// </summary>
    /// <param name="organization">Whose tools and named facts are part of it; the vocabulary alone when null.</param>
    public static SchemaDocument Of(OrganizationState? organization)
    {
        if (organization is null)
            return VocabularySchema.Of([]).Closed();
        var facts = FactDeclarations.Join(organization.Bundles.Values.Select(bundle => BundleCompilation.Of(bundle.Archive).Facts), out _);
        return VocabularySchema.Of(organization.ServersBySlug.Values, null, facts).Closed();
    }

    /// <summary>The schema as text.</summary>
    public static string TextOf(OrganizationState? organization) =>
        Of(organization).Print().TryGet(out var text, out var problems) ? text : throw new InvalidOperationException($"the vocabulary cannot be written: {problems[0]}");
}
