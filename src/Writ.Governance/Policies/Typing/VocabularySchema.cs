using System.Collections.Immutable;
using Writ.Cedar.Schemas;
using Writ.Governance.NamedFacts;
using Writ.Governance.Schemas.Arguments;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Typing;

/// <summary>
/// The vocabulary as a Cedar schema: the entities and the context that Writ makes (<see cref="Vocabulary"/>, <see cref="ActionContext"/>),
/// and an action for each tool, with its arguments as <see cref="Schemas.ArgumentValues"/> makes them of what its definition lets pass.
/// </summary>
internal static class VocabularySchema
{
    private static readonly SchemaDocument Base = Load();

    /// <summary>The vocabulary with the tools that can be called, and those that are only assumed.</summary>
    public static SchemaDocument Of(IEnumerable<Server> servers, AssumedTools? assumed = null, FactDeclarations? declared = null)
    {
        var facts = declared ?? FactDeclarations.None;
        var known = servers.OrderBy(server => server.Slug.ToString(), StringComparer.Ordinal).ToArray();
        var groups = known.Select(server => server.Slug.ToString()).Concat(assumed?.Servers ?? []).Distinct(StringComparer.Ordinal).Select(slug => new ActionDeclaration { Name = $"server/{slug}" });
        var tools = known.SelectMany(server => server.Tools.Values).Where(tool => tool.Obstacle is null).Select(tool => OfTool(tool, facts));
        return Base with
        {
            Namespaces = [Space with { CommonTypes = [], Actions = [.. Space.Actions, .. groups, .. tools, .. assumed?.Declarations(facts) ?? []] }],
        };
    }

    /// <summary>The schema with all names resolved. Everything in it was checked when it came in, so that it cannot fail.</summary>
    public static Schema Resolve(SchemaDocument document) =>
        Schema.Create(document).TryGet(out var schema, out var problems) ? schema : throw new InvalidOperationException($"the vocabulary does not resolve: {problems[0]}");

    /// <summary>An action that a tool's call is.</summary>
    /// <param name="name">Its name, <c>tool/server/name</c>.</param>
    /// <param name="effects">The effect classes it is in: one for a tool that is known.</param>
    /// <param name="server">The slug of its server.</param>
    /// <param name="arguments">The type of <c>context.args</c>.</param>
    /// <param name="facts">The named facts there are; the action has those that are made for it.</param>
    public static ActionDeclaration Action(string name, ImmutableArray<EffectClass> effects, string server, TypeSyntax arguments, FactDeclarations facts) => new()
    {
        Name = name,
        MemberOf = [Group("tool/call"), .. effects.Select(effect => Group($"effect/{effect.Word()}")), Group($"server/{server}")],
        AppliesTo = new AppliesToDeclaration
        {
            Principals = ["Agent"],
            Resources = ["Tool"],
            Context = new TypeSyntax.RecordOf(
            [
                .. Call.Attributes,
                new AttributeDeclaration { Name = "args", Type = arguments },
                new AttributeDeclaration { Name = "asserted", Type = new TypeSyntax.RecordOf([]) { IsOpen = true } },
                .. FactTypes.Of(facts, name, effects),
            ]),
        },
    };

    private static ActionReference Group(string name) => new(null, name);

    private static NamespaceDeclaration Space => Base.Namespaces[0];

    private static TypeSyntax.RecordOf Call => (TypeSyntax.RecordOf)Space.CommonTypes.Single().Type;

    private static ActionDeclaration OfTool(Tool tool, FactDeclarations facts) =>
        Action(tool.ActionName, [tool.Classification!.Effect], tool.Server.ToString(), ArgumentTypes.Of(tool.Input!), facts);

    private static SchemaDocument Load()
    {
        using var stream = typeof(VocabularySchema).Assembly.GetManifestResourceStream("writ.cedarschema")
            ?? throw new InvalidOperationException("the vocabulary is not part of this binary");
        using var reader = new StreamReader(stream);
        return SchemaDocument.Parse(reader.ReadToEnd()).TryGet(out var document, out var problems)
            ? document
            : throw new InvalidOperationException($"the vocabulary does not parse: {problems[0]}");
    }
}
