namespace Writ.Server.Api;

/// <summary>The proposed version that an owner of agents looked at, by its digest.</summary>
internal sealed record AcknowledgeBody(string Digest);
