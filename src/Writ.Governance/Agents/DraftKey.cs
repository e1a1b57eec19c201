namespace Writ.Governance.Agents;

/// <summary>The key pair that a draft came with. It works once somebody activates the agent.</summary>
/// <param name="Id">Names the credential in records.</param>
/// <param name="Public">The public key, as subject public key info in base64; the draft proved to hold the private one.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record DraftKey(string Id, string Public, DateTimeOffset ExpiresAt);
