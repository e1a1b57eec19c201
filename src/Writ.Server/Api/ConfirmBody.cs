namespace Writ.Server.Api;

/// <summary>The version of a bundle that somebody looked at, by its digest; and why owners who have not acknowledged it are not waited for, in at most 500 characters.</summary>
internal sealed record ConfirmBody(string Digest, string? Override = null);
