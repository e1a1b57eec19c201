using System.Collections.Frozen;
using System.Collections.Immutable;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Schemas;

/// <summary>Looks up the names of documents, and builds the schema.</summary>
internal sealed class SchemaResolver(ImmutableArray<NamespaceDeclaration> spaces)
{
    private readonly SchemaFaults _faults = new();
    private readonly SchemaNames _names = new();

    public ParseResult<Schema> Resolve()
    {
        _names.Declare(spaces, _faults);
        var types = new TypeResolver(_names, _faults);
        types.ResolveCommonTypes();
        if (_faults.Any)
            return new ParseResult<Schema>.Failure(_faults.All);

        var entities = new Dictionary<EntityTypeName, SchemaEntityType>();
        var actions = new Dictionary<EntityUid, SchemaAction>();
        foreach (var space in spaces)
        {
            foreach (var declaration in space.EntityTypes)
            {
                var entity = Entity(types, space, declaration);
                entities.Add(entity.Name, entity);
            }

            foreach (var declaration in space.Actions)
            {
                var action = Action(types, space, declaration);
                actions.Add(action.Uid, action);
            }
        }

        if (!_faults.Any)
            Close(entities, actions);
        return _faults.Any
            ? new ParseResult<Schema>.Failure(_faults.All)
            : new ParseResult<Schema>.Success(new Schema(entities.ToFrozenDictionary(), actions.ToFrozenDictionary()));
    }

    private SchemaEntityType Entity(TypeResolver types, NamespaceDeclaration space, EntityDeclaration declaration)
    {
        var name = EntityTypeName.Parse(SchemaNames.Full(space.Name, declaration.Name));
        var owner = $"the entity type `{name}`";
        return new SchemaEntityType(
            name,
            declaration,
            EntityTypes(space, declaration.MemberOf, declaration.Position, owner),
            types.Record(space, declaration.Shape, declaration.Position, owner),
            declaration.Tags is null ? null : types.Resolve(space, declaration.Tags, declaration.Position));
    }

    private SchemaAction Action(TypeResolver types, NamespaceDeclaration space, ActionDeclaration declaration)
    {
        var uid = SchemaNames.Action(space.Name, declaration.Name);
        var groups = ImmutableArray.CreateBuilder<EntityUid>();
        foreach (var reference in declaration.MemberOf)
        {
            if (_names.Action(space.Name, reference) is { } group)
                groups.Add(group);
            else
                _faults.Add(space, reference.Position.IsKnown ? reference.Position : declaration.Position, $"{uid} is said to be in an action {Syntax.StringLiteral.Quote(reference.Id)} that is not declared{_faults.Suggestions.For("action " + reference.Id, () => Suggestion.For(reference.Id, _names.Actions.Select(known => known.Id)))}");
        }

        var applies = declaration.AppliesTo;
        return new SchemaAction(
            uid,
            groups.ToImmutable(),
            applies is null ? [] : EntityTypes(space, applies.Principals, declaration.Position, uid.ToString()),
            applies is null ? [] : EntityTypes(space, applies.Resources, declaration.Position, uid.ToString()),
            applies is null ? new SchemaType.Record() : types.Record(space, applies.Context, declaration.Position, $"the context of {uid}"),
            declaration.Annotations);
    }

    private ImmutableArray<EntityTypeName> EntityTypes(NamespaceDeclaration space, ImmutableArray<string> names, SourcePosition position, string owner)
    {
        var found = ImmutableArray.CreateBuilder<EntityTypeName>(names.Length);
        foreach (var name in names)
        {
            if (_names.EntityType(space.Name, name) is { } full)
                found.Add(EntityTypeName.Parse(full));
            else
                _faults.Add(space, position, $"{owner} names an entity type `{name}` that is not declared{_faults.Suggestions.For("entity " + name, () => Suggestion.For(name, _names.EntityTypes.Keys))}");
        }

        return [.. found.Distinct()];
    }

    private void Close(Dictionary<EntityTypeName, SchemaEntityType> entities, Dictionary<EntityUid, SchemaAction> actions)
    {
        var left = Schema.MaxAncestry;
        foreach (var entity in entities.Values)
        {
            if (Ancestry.Of(entity.Name, name => entities[name].MemberOf, ref left) is not { } ancestors)
            {
                _faults.Add(spaces[0], default, $"the entity types are in more than {Schema.MaxAncestry} others, all together");
                return;
            }

            entity.Ancestors = ancestors;
        }

        left = Schema.MaxAncestry;
        foreach (var action in actions.Values)
        {
            if (Ancestry.Of(action.Uid, uid => actions[uid].MemberOf, ref left) is not { } ancestors)
            {
                _faults.Add(spaces[0], default, $"the actions are in more than {Schema.MaxAncestry} groups, all together");
                return;
            }

            action.Ancestors = ancestors;
            if (ancestors.Contains(action.Uid))
                _faults.Add(spaces[0], default, $"{action.Uid} is in itself by way of its groups");
        }
    }
}
