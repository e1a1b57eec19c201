using Writ.Cedar.Expressions;

namespace Writ.Cedar.Validation.Typing;

/// <summary>That an expression has an attribute, or a tag under a key: what a successful test of it shows.</summary>
/// <param name="Target">What has it.</param>
/// <param name="Attribute">The name of the attribute; null for a tag.</param>
/// <param name="Key">The expression of the tag's key; null for an attribute.</param>
internal readonly record struct Capability(Expr Target, string? Attribute, Expr? Key);
