namespace Writ.Governance.Schemas.Values;

/// <summary>The six kinds of a JSON value.</summary>
internal enum DatumKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
