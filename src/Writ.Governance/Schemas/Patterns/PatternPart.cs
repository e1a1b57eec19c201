namespace Writ.Governance.Schemas.Patterns;

/// <summary>One condition of a pattern: a .NET regular expression and whether it must match or must not.</summary>
internal readonly record struct PatternPart(string Regex, bool MustMatch);
