using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation.Typing;

/// <summary>The schema as the checker of types asks for it. Types that the schema shares stay shared.</summary>
internal sealed class SchemaTypes(Schema schema, TypeRelations relations, Suggestions suggestions)
{
    private readonly Dictionary<SchemaType, Ty> _types = new(ReferenceEqualityComparer.Instance);

    public Schema Schema => schema;

    public Ty Of(SchemaType type)
    {
        if (_types.TryGetValue(type, out var known))
            return known;
        Ty made = type switch
        {
            SchemaType.Any => Ty.Anything,
            SchemaType.Bool => Ty.AnyBool,
            SchemaType.Long => Ty.Integer,
            SchemaType.String => Ty.Text,
            SchemaType.Extension extension => new Ty.Extension(extension.Kind),
            SchemaType.Entity entity => Ty.Reference(entity.Name),
            SchemaType.Set set => new Ty.Set(Of(set.Element)),
            SchemaType.Record record => new Ty.Record(
                record.Attributes.ToImmutableSortedDictionary(item => item.Key, item => new TyAttribute(Of(item.Value.Type), item.Value.IsRequired), StringComparer.Ordinal), record.IsOpen) { IsUntyped = record.IsOpen },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        _types.Add(type, made);
        return made;
    }

    /// <summary>The attribute as every value of the type has it; null when some have none, or none that all agree on.</summary>
    public TyAttribute? Attribute(Ty type, string name)
    {
        if (type is Ty.Record record)
            return record.Attributes.TryGetValue(name, out var attribute) ? attribute : record.IsUntyped ? new TyAttribute(Ty.Anything, false) : null;
        if (type is not Ty.Entity entity)
            return null;
        TyAttribute? joined = null;
        foreach (var one in entity.Names)
        {
            if (Declared(one, name) is not { } found)
                return null;
            joined = joined is null ? found : relations.Join(joined.Value, found);
            if (joined is null)
                return null;
        }

        return joined;
    }

    /// <summary>Whether some value of the type may have the attribute.</summary>
    public bool MayHave(Ty type, string name) => type switch
    {
        Ty.Record record => record.IsOpen || record.Attributes.ContainsKey(name),
        Ty.Entity entity => entity.Names.Any(one => Declared(one, name) is not null),
        _ => false,
    };

    /// <summary>What was probably meant by the name of an attribute that the type does not have.</summary>
    public string Suggest(Ty type, string name) => suggestions.For($"attribute {type} {name}", () => Suggestion.For(name, type switch
    {
        Ty.Record record => record.Attributes.Keys,
        Ty.Entity entity => entity.Names.SelectMany(one => schema.EntityTypes.TryGetValue(one, out var declared) ? declared.Shape.Attributes.Keys : []),
        _ => [],
    }));

    /// <summary>The types of the tags of those of the entity's types that have tags.</summary>
    public IEnumerable<Ty> Tags(Ty.Entity entity) => entity.Names
        .Select(one => schema.EntityTypes.TryGetValue(one, out var declared) && declared.Tags is { } tags ? Of(tags) : null)
        .OfType<Ty>();

    /// <summary>Whether an entity of one of the first types can be in one of the second.</summary>
    public bool CanBeIn(Ty.Entity left, Ty.Entity right) => left.Names.Any(one => right.Names.Any(other => CanBeIn(one, other)));

    public bool CanBeIn(EntityTypeName one, EntityTypeName other) =>
        one.Equals(other)
        || (schema.EntityTypes.TryGetValue(one, out var declared) && declared.Ancestors.Contains(other))
        || ActionTypesIn.Contains((one, other));

    private HashSet<(EntityTypeName, EntityTypeName)> ActionTypesIn =>
        field ??= [.. schema.Actions.Values.SelectMany(action => action.Ancestors.Select(group => (action.Uid.Type, group.Type)))];

    private TyAttribute? Declared(EntityTypeName type, string name) =>
        schema.EntityTypes.TryGetValue(type, out var declared) && declared.Shape.Attributes.TryGetValue(name, out var attribute)
            ? new TyAttribute(Of(attribute.Type), attribute.IsRequired)
            : null;
}
