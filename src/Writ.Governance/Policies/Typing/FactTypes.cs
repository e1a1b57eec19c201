using System.Collections.Immutable;
using Writ.Cedar.Schemas;
using Writ.Governance.NamedFacts;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Typing;

/// <summary>
/// The types of <c>context.derived</c> and <c>context.facts</c>: for each tool the facts that are made for it, and no others. That one is
/// unavailable is no matter of types: reading it fails.
/// </summary>
internal static class FactTypes
{
    /// <summary>Both attributes, of a call of this action.</summary>
    /// <param name="facts">The facts that bundles declare.</param>
    /// <param name="action">The action, <c>tool/server/name</c>.</param>
    /// <param name="effects">The effect classes that the tool may be of.</param>
    public static IEnumerable<AttributeDeclaration> Of(FactDeclarations facts, string action, ImmutableArray<EffectClass> effects)
    {
        var parts = action.Split('/', 3);
        bool Covers(FactCoverage coverage) => parts is [_, var server, var tool] && coverage.Covers(server, tool, effects);
        return
        [
            Group("derived", facts.Derived.Where(fact => Covers(fact.Coverage)).Select(fact => (fact.Declaration.Name, fact.Type))),
            Group("facts", facts.Sources.Where(source => Covers(source.Coverage)).Select(source => (source.Name, source.Type))),
        ];
    }

    private static AttributeDeclaration Group(string name, IEnumerable<(string Name, FactType Type)> facts) =>
        new() { Name = name, Type = new TypeSyntax.RecordOf([.. facts.Select(fact => new AttributeDeclaration { Name = fact.Name, Type = Record(fact.Type) })]) };

    private static TypeSyntax.RecordOf Record(FactType type) =>
        new([.. type.Members.Select(member => new AttributeDeclaration { Name = member.Key, Type = Member(member.Value) })]);

    private static TypeSyntax Member(string type) => type switch
    {
        "decimal" or "datetime" => new TypeSyntax.Named(NameKind.Extension, type),
        "Set<String>" => new TypeSyntax.SetOf(new TypeSyntax.Named(NameKind.Primitive, "String")),
        "Set<Long>" => new TypeSyntax.SetOf(new TypeSyntax.Named(NameKind.Primitive, "Long")),
        _ => new TypeSyntax.Named(NameKind.Primitive, type),
    };
}
