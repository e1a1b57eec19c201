namespace Writ.Cedar.Validation;

/// <summary>What a finding is about. New kinds may be added.</summary>
public enum FindingKind
{
    /// <summary>An entity type that the schema does not declare.</summary>
    UnknownEntityType,

    /// <summary>An action that the schema does not declare.</summary>
    UnknownAction,

    /// <summary>An id that is not among those that the schema lists for an enumerated type.</summary>
    UnknownEnumId,

    /// <summary>A value, attribute or context that is not of the declared type.</summary>
    WrongType,

    /// <summary>A required attribute that is not there.</summary>
    MissingAttribute,

    /// <summary>An attribute or tag that the schema does not declare.</summary>
    UnknownAttribute,

    /// <summary>An entity or action in one that the schema does not let it be in, or not in one that it must be in.</summary>
    WrongParent,

    /// <summary>A principal or resource of a type that the action does not apply to.</summary>
    NotApplicable,

    /// <summary>A policy whose scope no action with its principals and resources matches.</summary>
    NoApplicableAction,

    /// <summary>A policy that can never be satisfied; a warning.</summary>
    Impossible,

    /// <summary>An optional attribute or a tag that is read without a test that it is there.</summary>
    UnguardedAccess,

    /// <summary>Two types that strict validation does not let meet in one comparison, set or condition.</summary>
    IncompatibleTypes,

    /// <summary>An empty set, whose type nobody can tell.</summary>
    EmptySet,

    /// <summary>A call of an extension function with the wrong number of arguments, a text it does not accept or, where it must be, not a literal.</summary>
    WrongCall,

    /// <summary>More work than validation is willing to do.</summary>
    TooComplex,

    /// <summary>An entity that is looked into behind more others than the level allows, or one that the policy names.</summary>
    TooDeep,
}
