namespace Writ.Server.Api;

/// <summary>The proposed version that is turned down or taken back, by its digest; and why, in at most 500 characters.</summary>
internal sealed record DeclineBody(string Digest, string Reason);
