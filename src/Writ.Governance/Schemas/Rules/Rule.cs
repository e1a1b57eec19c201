using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Rules;

/// <summary>One or a few keywords of a schema, compiled. Immutable once the compiler is done.</summary>
internal abstract class Rule
{
    /// <summary>The sub-schemas applied to the same value: a cycle of these would never end.</summary>
    public virtual IEnumerable<Subschema> InPlace => [];

    /// <summary>Null when the rule holds or does not speak of values of this kind.</summary>
    /// <param name="instance">The value looked at.</param>
    /// <param name="run">The effort left.</param>
    /// <param name="seen">Where to mark the members and items looked at; null where nobody asks.</param>
    public abstract Failure? Check(Datum instance, Evaluation run, Evaluated? seen);
}
