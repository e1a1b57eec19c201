namespace Writ.Cedar.Schemas;

/// <summary>
/// Resolves types. Common types are resolved each after those it names, without recursion over the chain of names, and each once: a type
/// that doubles at every name is built of shared parts, and only counted.
/// </summary>
internal sealed class TypeResolver(SchemaNames names, SchemaFaults faults)
{
    private readonly Dictionary<string, SchemaType> _resolved = new(StringComparer.Ordinal);

    // What stands for a type that has been reported.
    private static readonly SchemaType.Record Unknown = new();

    public void ResolveCommonTypes()
    {
        var entered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in names.CommonTypes.Keys)
        {
            var open = new Stack<string>([start]);
            while (open.TryPeek(out var name))
            {
                if (_resolved.ContainsKey(name))
                {
                    open.Pop();
                    continue;
                }

                var (space, declaration) = names.CommonTypes[name];
                if (entered.Add(name))
                {
                    foreach (var next in Dependencies(space, declaration.Type).Where(next => !_resolved.ContainsKey(next)))
                    {
                        if (entered.Contains(next))
                        {
                            faults.Add(space, declaration.Position, $"the common type `{name}` holds itself by way of `{next}`: a type is finite");
                            return;
                        }

                        open.Push(next);
                    }
                }
                else
                {
                    _resolved.Add(name, Resolve(space, declaration.Type, declaration.Position));
                    open.Pop();
                }
            }
        }
    }

    /// <summary>The type that is meant; some type after a report.</summary>
    public SchemaType Resolve(NamespaceDeclaration space, TypeSyntax syntax, SourcePosition position)
    {
        var type = syntax switch
        {
            TypeSyntax.Any => new SchemaType.Any(),
            TypeSyntax.Named named => Named(space, named, named.Position.IsKnown ? named.Position : position),
            TypeSyntax.SetOf set => new SchemaType.Set(Resolve(space, set.Element, position)),
            TypeSyntax.RecordOf record => new SchemaType.Record(record.Attributes.Select(attribute =>
                KeyValuePair.Create(attribute.Name, new SchemaAttribute(Resolve(space, attribute.Type, position), attribute.IsRequired)))) { IsOpen = record.IsOpen },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (type.Size <= Schema.MaxTypeSize && type.Height <= Schema.MaxTypeHeight)
            return type;
        faults.Add(space, syntax.Position.IsKnown ? syntax.Position : position, type.Height > Schema.MaxTypeHeight
            ? $"the type nests more than {Schema.MaxTypeHeight} deep when its names are written out"
            : $"the type is built of more than {Schema.MaxTypeSize} types when its names are written out");
        return Unknown;
    }

    /// <summary>The record type that is meant; an empty one after a report.</summary>
    public SchemaType.Record Record(NamespaceDeclaration space, TypeSyntax syntax, SourcePosition position, string owner)
    {
        if (Resolve(space, syntax, position) is SchemaType.Record record)
            return record;
        if (!faults.Any)
            faults.Add(space, syntax.Position.IsKnown ? syntax.Position : position, $"{owner} must be a record");
        return Unknown;
    }

    private SchemaType Named(NamespaceDeclaration space, TypeSyntax.Named named, SourcePosition position)
    {
        var found = named.Kind switch
        {
            NameKind.Primitive => SchemaNames.Primitive(named.Name),
            NameKind.Extension => SchemaNames.Extension(named.Name),
            NameKind.Entity => names.Reference(space.Name, named.Name) is { } entity ? Entity(entity) : null,
            NameKind.Common => names.CommonType(space.Name, named.Name) is { } common ? Common(common) : SchemaNames.BuiltInType(named.Name),
            _ => names.EntityOrCommon(space.Name, named.Name) is var (name, isCommon) ? isCommon ? Common(name) : Entity(name) : SchemaNames.BuiltInType(named.Name),
        };
        if (found is not null)
            return found;
        var known = names.CommonTypes.Keys.Concat(names.EntityTypes.Keys).Concat(["Bool", "Long", "String", "decimal", "ipaddr", "datetime", "duration"]);
        faults.Add(space, position, $"there is no {Kind(named.Kind)} `{named.Name}`{faults.Suggestions.For("type " + named.Name, () => Suggestion.For(named.Name, known))}");
        return Unknown;
    }

    // A common type that could not be resolved has been reported.
    private SchemaType Common(string name) => _resolved.GetValueOrDefault(name, Unknown);

    private static SchemaType.Entity Entity(string name) => new(Entities.EntityTypeName.Parse(name));

    private static string Kind(NameKind kind) => kind switch
    {
        NameKind.Primitive => "primitive type",
        NameKind.Extension => "extension type",
        NameKind.Entity => "entity type",
        NameKind.Common => "common type",
        _ => "type",
    };

    private IEnumerable<string> Dependencies(NamespaceDeclaration space, TypeSyntax syntax)
    {
        var open = new Stack<TypeSyntax>([syntax]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case TypeSyntax.SetOf set:
                    open.Push(set.Element);
                    break;
                case TypeSyntax.RecordOf record:
                    foreach (var attribute in record.Attributes)
                        open.Push(attribute.Type);
                    break;
                case TypeSyntax.Named { Kind: NameKind.Common } named when names.CommonType(space.Name, named.Name) is { } common:
                    yield return common;
                    break;
                case TypeSyntax.Named { Kind: NameKind.EntityOrCommon } named when names.EntityOrCommon(space.Name, named.Name) is ({ } found, true):
                    yield return found;
                    break;
            }
        }
    }
}
