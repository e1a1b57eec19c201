using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>Sets of the types that a value may have.</summary>
[Flags]
public enum ValueTypes
{
    /// <summary>No type: there is no value.</summary>
    None = 0,

    /// <summary>A Boolean.</summary>
    Bool = 1,

    /// <summary>An integer.</summary>
    Long = 2,

    /// <summary>A string.</summary>
    String = 4,

    /// <summary>An entity.</summary>
    Entity = 8,

    /// <summary>A set.</summary>
    Set = 16,

    /// <summary>A record.</summary>
    Record = 32,

    /// <summary>A decimal.</summary>
    Decimal = 64,

    /// <summary>A datetime.</summary>
    Datetime = 128,

    /// <summary>A duration.</summary>
    Duration = 256,

    /// <summary>An address or a range of them.</summary>
    Ip = 512,

    /// <summary>Any type.</summary>
    Any = 1023,
}
