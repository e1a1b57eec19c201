namespace Writ.Server.Scim;

/// <summary>Where an operation of a PATCH aims (RFC 7644, section 3.5.2). Immutable.</summary>
/// <param name="Path">The attribute, and its part where no filter stands between.</param>
/// <param name="Filter">Which values of it; null for all.</param>
/// <param name="Sub">The part of those values; null for all of them.</param>
internal sealed record ScimPatchPath(ScimPath Path, ScimFilter? Filter, string? Sub);
