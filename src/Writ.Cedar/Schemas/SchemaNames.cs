using System.Collections.Immutable;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Schemas;

/// <summary>Everything that documents declare, by full name, and what a name means in a namespace.</summary>
internal sealed class SchemaNames
{
    private const string BuiltIn = "__cedar::";

    private readonly Dictionary<EntityUid, SourcePosition> _actions = [];

    public Dictionary<string, (NamespaceDeclaration Space, CommonTypeDeclaration Declaration)> CommonTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (NamespaceDeclaration Space, EntityDeclaration Declaration)> EntityTypes { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EntityUid> Actions => _actions.Keys;

    /// <summary>The types of the declared actions.</summary>
    public HashSet<string> ActionTypes { get; } = new(StringComparer.Ordinal);

    public static string Full(string space, string name) => space.Length == 0 ? name : $"{space}::{name}";

    public static EntityUid Action(string space, string id) => new(EntityTypeName.Parse(Full(space, "Action")), id);

    public static SchemaType? Primitive(string name) => name switch
    {
        "Bool" => new SchemaType.Bool(),
        "Long" => new SchemaType.Long(),
        "String" => new SchemaType.String(),
        _ => null,
    };

    public static SchemaType? Extension(string name) => name switch
    {
        "decimal" => new SchemaType.Extension(ExtensionType.Decimal),
        "ipaddr" => new SchemaType.Extension(ExtensionType.Ipaddr),
        "datetime" => new SchemaType.Extension(ExtensionType.Datetime),
        "duration" => new SchemaType.Extension(ExtensionType.Duration),
        _ => null,
    };

    /// <summary>Takes all declarations in, and reports what cannot be declared.</summary>
    public void Declare(ImmutableArray<NamespaceDeclaration> spaces, SchemaFaults faults)
    {
        foreach (var space in spaces)
        {
            foreach (var type in space.CommonTypes)
            {
                if (type.Name is "Bool" or "Boolean" or "Entity" or "Extension" or "Long" or "Record" or "Set" or "String")
                    faults.Add(space, type.Position, $"`{type.Name}` is reserved: no common type can have that name");
                else if (!CommonTypes.TryAdd(Full(space.Name, type.Name), (space, type)))
                    faults.Add(space, type.Position, $"the common type `{Full(space.Name, type.Name)}` is declared already");
            }

            foreach (var entity in space.EntityTypes)
            {
                if (entity.Name == "Action")
                    faults.Add(space, entity.Position, "`Action` is the type of actions: no entity type can have that name");
                else if (!EntityTypes.TryAdd(Full(space.Name, entity.Name), (space, entity)))
                    faults.Add(space, entity.Position, $"the entity type `{Full(space.Name, entity.Name)}` is declared already");
            }

            foreach (var action in space.Actions)
            {
                ActionTypes.Add(Full(space.Name, "Action"));
                if (!_actions.TryAdd(Action(space.Name, action.Name), action.Position))
                    faults.Add(space, action.Position, $"the action {Action(space.Name, action.Name)} is declared already");
            }
        }

        ReportShadowing(spaces, faults);
    }

    /// <summary>The common type that a name means; null when it means none.</summary>
    public string? CommonType(string space, string name) => Candidates(space, name).FirstOrDefault(CommonTypes.ContainsKey);

    /// <summary>The entity type that a name means; null when it means none.</summary>
    public string? EntityType(string space, string name) => Candidates(space, name).FirstOrDefault(EntityTypes.ContainsKey);

    /// <summary>The common type or, failing that, the entity type that a name means, the nearer namespace first; null when it means none.</summary>
    public (string Name, bool IsCommon)? EntityOrCommon(string space, string name)
    {
        foreach (var candidate in Candidates(space, name))
        {
            if (CommonTypes.ContainsKey(candidate))
                return (candidate, true);
            if (IsEntity(candidate))
                return (candidate, false);
        }

        return null;
    }

    /// <summary>The entity or action type that a name means; null when it means none.</summary>
    public string? Reference(string space, string name) => Candidates(space, name).FirstOrDefault(IsEntity);

    /// <summary>The built-in type that a name means when nothing declared has it; null when there is none.</summary>
    public static SchemaType? BuiltInType(string name)
    {
        var local = name.StartsWith(BuiltIn, StringComparison.Ordinal) ? name[BuiltIn.Length..] : name;
        return Primitive(local) ?? Extension(local);
    }

    /// <summary>The declared action that a reference means; null when it means none.</summary>
    public EntityUid? Action(string space, ActionReference reference) => Candidates(space, reference.Type ?? "Action")
        .Select(type => EntityTypeName.TryParse(type, out var name) ? new EntityUid(name, reference.Id) : null)
        .FirstOrDefault(uid => uid is not null && _actions.ContainsKey(uid));

    private bool IsEntity(string name) => EntityTypes.ContainsKey(name) || ActionTypes.Contains(name);

    // A name with :: is a full one; any other is looked for in its own namespace, then in the empty one.
    private static IEnumerable<string> Candidates(string space, string name) =>
        space.Length == 0 || name.Contains("::", StringComparison.Ordinal) ? [name] : [Full(space, name), name];

    // RFC 70: else a declaration that is added to a namespace would change what names in it mean.
    private void ReportShadowing(ImmutableArray<NamespaceDeclaration> spaces, SchemaFaults faults)
    {
        foreach (var space in spaces.Where(space => space.Name.Length > 0))
        {
            foreach (var (name, position) in space.CommonTypes.Select(type => (type.Name, type.Position)).Concat(space.EntityTypes.Select(type => (type.Name, type.Position))))
            {
                if (CommonTypes.ContainsKey(name) || EntityTypes.ContainsKey(name))
                    faults.Add(space, position, $"`{space.Name}::{name}` would hide `{name}` of the empty namespace: rename one of them, or move it into a namespace");
            }

            foreach (var action in space.Actions)
            {
                if (_actions.ContainsKey(Action("", action.Name)))
                    faults.Add(space, action.Position, $"{Action(space.Name, action.Name)} would hide {Action("", action.Name)} of the empty namespace: rename one of them, or move it into a namespace");
            }
        }
    }
}
