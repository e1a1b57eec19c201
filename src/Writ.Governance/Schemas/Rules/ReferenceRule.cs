using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary><c>$ref</c> (core 8.2.3.1), to a place in the same document.</summary>
internal sealed class ReferenceRule : Rule
{
    /// <summary>Set by the compiler once the whole document is known; until then the schema that nothing satisfies.</summary>
    public Subschema Target { get; set; } = new();

    public override IEnumerable<Subschema> InPlace => [Target];

    public override Failure? Check(Datum instance, Evaluation run, Evaluated? seen) => Target.Check(instance, run, seen);
}
