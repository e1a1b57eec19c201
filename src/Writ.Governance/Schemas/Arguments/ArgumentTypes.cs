using Writ.Cedar.Schemas;
using Writ.Governance.Schemas.Rules;

namespace Writ.Governance.Schemas.Arguments;

/// <summary>
/// The Cedar types of the values that <see cref="ArgumentValues"/> makes of the arguments that a schema lets pass. Where the schema states
/// no type, or several, nothing is said. Values without a Cedar value, null among them, are no matter of types: reading one fails.
/// </summary>
/// <remarks>
/// An object that names members and says nothing of others has only those, to policies: so a misspelt one is found. Others that an agent
/// sends all the same are there for a policy to ask for, which no tool's type knows of.
/// </remarks>
internal sealed class ArgumentTypes
{
    private const int MaxDepth = 12;
    private const int MaxTypes = 4_000;

    private readonly Evaluation _run = new(InputSchemaLimits.Default.MaxSteps);
    private int _types;

    private ArgumentTypes()
    {
    }

    /// <summary>The type of <c>context.args</c>.</summary>
    public static TypeSyntax Of(InputSchema schema)
    {
        var types = new ArgumentTypes();
        return types.Record(new ArgumentGuide([schema.Root], types._run), 1);
    }

    private TypeSyntax Type(IReadOnlyList<Subschema> schemas, int depth)
    {
        if (depth > MaxDepth || ++_types > MaxTypes)
            return new TypeSyntax.Any();
        var guide = new ArgumentGuide(schemas, _run);
        if (_run.Exhausted)
            return new TypeSyntax.Any();
        var stated = guide.Types?.Remove("null");
        if (stated is null)
            return guide.AreTexts ? Primitive("String") : new TypeSyntax.Any();
        if (stated.Count > 0 && stated.All(type => type is "integer" or "number"))
            return guide.IsDecimal ? new TypeSyntax.Named(NameKind.Extension, "decimal") : Primitive("Long");
        return stated is { Count: 1 } ? stated.Single() switch
        {
            "string" => Primitive("String"),
            "boolean" => Primitive("Bool"),
            "array" => new TypeSyntax.SetOf(Element(guide, depth + 1)),
            _ => Record(guide, depth),
        } : new TypeSyntax.Any();
    }

    // Items that differ by position make a set of whatever they are.
    private TypeSyntax Element(ArgumentGuide guide, int depth) =>
        guide.HasPrefix || guide.Item(0) is not { Count: > 0 } schemas ? new TypeSyntax.Any() : Type(schemas, depth);

    private TypeSyntax.RecordOf Record(ArgumentGuide guide, int depth) => new(
        [.. guide.Named.Order(StringComparer.Ordinal).Select(name => new AttributeDeclaration
        {
            Name = name,
            Type = Type(guide.Member(name, _run), depth + 1),
            IsRequired = guide.Required.Contains(name),
        })])
    {
        IsOpen = guide.HasOthers,
    };

    private static TypeSyntax.Named Primitive(string name) => new(NameKind.Primitive, name);
}
