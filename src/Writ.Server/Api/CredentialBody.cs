using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Credentials;

namespace Writ.Server.Api;

/// <summary>A credential to be registered: a key pair, as a certificate signing request that its own key signed, an OAuth client, a SPIFFE id of another domain, or a DID.</summary>
internal sealed record CredentialBody
{
    public required CredentialKind Kind { get; init; }

    /// <summary>The certificate signing request, PEM.</summary>
    public string? Request { get; init; }

    public string? SpiffeId { get; init; }

    /// <summary>The key of an OAuth client: a JWK set of one, by value.</summary>
    public JsonElement? Jwks { get; init; }

    /// <summary>A did:key or a did:web.</summary>
    public string? Did { get; init; }

    /// <summary>The signature of an OAuth client's new key, or of a DID of one of its keys that it is this agent's, in base64.</summary>
    public string? Possession { get; init; }

    /// <summary>Of a did:web, the loopback, private or special addresses that its host may have.</summary>
    public ImmutableArray<string>? AllowedAddresses { get; init; }

    /// <summary>For how many days it works.</summary>
    public int Days { get; init; } = 90;

    /// <summary>The key pair, the OAuth client, or the DID of the same method, that it follows.</summary>
    public string? Predecessor { get; init; }

    /// <summary>The old key's signature in base64: DER where it is a key pair's.</summary>
    public string? Proof { get; init; }
}
