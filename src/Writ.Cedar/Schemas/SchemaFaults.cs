using System.Collections.Immutable;

namespace Writ.Cedar.Schemas;

/// <summary>The faults found while a schema is resolved, up to a bound.</summary>
internal sealed class SchemaFaults
{
    private const int Max = 50;

    private readonly ImmutableArray<Diagnostic>.Builder _found = ImmutableArray.CreateBuilder<Diagnostic>();

    public Suggestions Suggestions { get; } = new();

    public bool Any => _found.Count > 0;

    public ImmutableArray<Diagnostic> All => _found.ToImmutable();

    public void Add(NamespaceDeclaration space, SourcePosition position, string message)
    {
        if (_found.Count < Max)
            _found.Add(new Diagnostic(space.SourceName, position, message));
    }
}
