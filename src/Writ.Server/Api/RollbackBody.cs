namespace Writ.Server.Api;

/// <summary>To which digest a bundle is rolled back, by default what held before; and why, in at most 500 characters.</summary>
internal sealed record RollbackBody(string Reason, string? To = null);
