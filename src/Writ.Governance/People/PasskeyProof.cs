namespace Writ.Governance.People;

/// <summary>
/// What a person's authenticator signed for one request, kept whole so that everybody who has the log can check it: the signature is over
/// the authenticator's data and the SHA-256 of the client's, whose challenge is <see cref="PresenceChallenge"/> of the other two members.
/// Binary members are in base64url. Immutable.
/// </summary>
/// <param name="Passkey">The id of the passkey, which the control log registered with its public key.</param>
/// <param name="Request">The digest of the request: who asked for what, to the byte.</param>
/// <param name="Nonce">What made the challenge this one and no other.</param>
/// <param name="ClientData">What the browser signed for: type, challenge, origin.</param>
/// <param name="AuthenticatorData">What the authenticator says of itself: relying party, presence, verification, counter.</param>
/// <param name="Signature">The signature.</param>
/// <param name="SignCount">The authenticator's counter.</param>
public sealed record PasskeyProof(string Passkey, string Request, string Nonce, string ClientData, string AuthenticatorData, string Signature, uint SignCount);
