namespace Writ.Server.Api;

/// <summary>A public key in base64url, and whose it is, in 1 to 128 characters.</summary>
internal sealed record PublisherKeyBody(string PublicKey, string Label);
