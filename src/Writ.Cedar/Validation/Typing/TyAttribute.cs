namespace Writ.Cedar.Validation.Typing;

/// <summary>An attribute of a record or entity.</summary>
internal readonly record struct TyAttribute(Ty Type, bool IsRequired);
