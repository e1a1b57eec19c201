using System.Collections.Immutable;

namespace Writ.Governance.NamedFacts;

/// <summary>The content of a bundle's <c>facts.json</c>.</summary>
public sealed record FactFile
{
    /// <summary>The name of the file inside a bundle's folder.</summary>
    public const string Name = "facts.json";

    public ImmutableArray<DerivedDeclaration> Derived { get; init; } = [];

    public ImmutableArray<SourceDeclaration> Sources { get; init; } = [];
}
