namespace Writ.Cedar.Schemas;

/// <summary>What a name in a schema may stand for.</summary>
public enum NameKind
{
    /// <summary>A common type, an entity type or a built-in type, looked for in this order; what a name in the text form means.</summary>
    EntityOrCommon,

    /// <summary>An entity type.</summary>
    Entity,

    /// <summary>A common or built-in type.</summary>
    Common,

    /// <summary>One of the types <c>decimal</c>, <c>ipaddr</c>, <c>datetime</c> and <c>duration</c>.</summary>
    Extension,

    /// <summary><c>Bool</c>, <c>Long</c> or <c>String</c>, whatever else has that name.</summary>
    Primitive,
}
