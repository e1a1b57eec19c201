using System.Collections.Immutable;

namespace Writ.Governance.NamedFacts;

/// <summary>A fact that follows from the arguments alone, as a bundle declares it in <c>facts.json</c>. Unknown members are errors.</summary>
public sealed record DerivedDeclaration
{
    /// <summary>Policies read it as <c>context.derived.&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is looked for: one of the words of <see cref="DetectorKinds"/>.</summary>
    public required string Detector { get; init; }

    /// <summary>The arguments it reads, 1 to 16: member names with dots between levels, <c>[]</c> behind a name for every element.</summary>
    public required ImmutableArray<string> Reads { get; init; }

    /// <summary>The tools it is made for, 1 to 64: <c>server/tool</c>, <c>server/*</c> or <c>effect/&lt;class&gt;</c>.</summary>
    public required ImmutableArray<string> Tools { get; init; }

    /// <summary>For <c>path</c>: the absolute folders that count as inside, the first of them the base of relative paths.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];
}
