namespace Writ.Cedar.Schemas;

/// <summary>An attribute of a record type, its type resolved. Immutable.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="IsRequired">Whether every record has it.</param>
public readonly record struct SchemaAttribute(SchemaType Type, bool IsRequired);
