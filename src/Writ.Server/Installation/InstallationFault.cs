namespace Writ.Server.Installation;

/// <summary>Why an installation cannot start: a code, and what to do.</summary>
public sealed record InstallationFault(string Code, string Message);
