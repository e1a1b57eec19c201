namespace Writ.Governance.Directories;

/// <summary>An e-mail address that a directory states. It identifies nobody. Immutable.</summary>
public sealed record DirectoryEmail(string Value, string? Type = null, string? Display = null, bool Primary = false);
