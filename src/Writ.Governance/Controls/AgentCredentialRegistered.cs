using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;

namespace Writ.Governance.Controls;

/// <summary>
/// An agent proves itself by a key pair, an OAuth client, a SPIFFE id of another domain or a DID from here on. Where it follows another key, the
/// old key has signed that.
/// </summary>
/// <param name="Agent">Whose it is.</param>
/// <param name="Id">Names it in records.</param>
/// <param name="Credential">What it is.</param>
/// <param name="Public">The public key, of an OAuth client as a JWK; the SPIFFE id; or the DID.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Predecessor">The credential of its kind that it follows.</param>
/// <param name="Proof">The old key's signature, in base64; null where none is in force, which is for security to say.</param>
/// <param name="Keys">Of a did:web the keys that its document had, each <c>DID-URL multikey</c>, sorted; null for the other kinds.</param>
/// <param name="Possession">Of an OAuth client the new key's own signature, of a DID the signature of one of its keys that it is the agent's, in base64. A key pair comes with a request that it signed.</param>
/// <param name="AllowedAddresses">Of a did:web, the loopback, private or special addresses that its host may have; null for none.</param>
public sealed record AgentCredentialRegistered(
    AgentId Agent, string Id, CredentialKind Credential, string Public, DateTimeOffset ExpiresAt, string? Predecessor = null, string? Proof = null,
    ImmutableArray<string>? Keys = null, string? Possession = null, ImmutableArray<string>? AllowedAddresses = null) : ControlAction;
