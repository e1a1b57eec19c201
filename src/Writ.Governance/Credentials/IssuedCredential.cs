namespace Writ.Governance.Credentials;

/// <summary>A credential just made. The token is shown once; the hash goes into the registry.</summary>
public sealed record IssuedCredential(string Token, string KeyId, string SecretHash, DateTimeOffset ExpiresAt);
