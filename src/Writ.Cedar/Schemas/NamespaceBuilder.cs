using System.Collections.Immutable;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Schemas;

/// <summary>Collects the declarations of a namespace while it is read.</summary>
internal sealed class NamespaceBuilder(string name, SourcePosition position, Annotations annotations)
{
    private readonly HashSet<(char Kind, string Name)> _declared = [];

    public ImmutableArray<CommonTypeDeclaration>.Builder CommonTypes { get; } = ImmutableArray.CreateBuilder<CommonTypeDeclaration>();

    public ImmutableArray<EntityDeclaration>.Builder EntityTypes { get; } = ImmutableArray.CreateBuilder<EntityDeclaration>();

    public ImmutableArray<ActionDeclaration>.Builder Actions { get; } = ImmutableArray.CreateBuilder<ActionDeclaration>();

    /// <summary>Takes a name; false when the namespace has one of that kind already.</summary>
    public bool Claim(char kind, string declared) => _declared.Add((kind, declared));

    public NamespaceDeclaration Build(string sourceName) => new()
    {
        Name = name,
        CommonTypes = CommonTypes.ToImmutable(),
        EntityTypes = EntityTypes.ToImmutable(),
        Actions = Actions.ToImmutable(),
        Annotations = annotations,
        SourceName = sourceName,
        Position = position,
    };
}
