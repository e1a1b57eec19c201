namespace Writ.Cedar.Extensions;

/// <summary>The ways in which evaluating an expression can fail. There are no others.</summary>
public enum FaultKind
{
    /// <summary>An operator or function got a value of a type that it is not defined for.</summary>
    WrongType,

    /// <summary>A record or entity has no attribute of that name.</summary>
    AttributeMissing,

    /// <summary>An attribute or tag was read of an entity that the store does not hold.</summary>
    EntityMissing,

    /// <summary>An entity has no tag of that name.</summary>
    TagMissing,

    /// <summary>An integer result does not fit 64 bits.</summary>
    Overflow,

    /// <summary>An extension function has no answer for its arguments: the text is malformed, or the result out of bounds.</summary>
    Extension,

    /// <summary>An extension function was called with too few or too many arguments.</summary>
    WrongArity,

    /// <summary>A value was needed that the host could not represent (<see cref="Values.PoisonValue"/>).</summary>
    Poison,
}
