namespace Writ.Server.Api;

/// <summary>The version of a bundle that a second person looked at, by its digest.</summary>
internal sealed record ConfirmBody(string Digest);
