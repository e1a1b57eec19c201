using System.Text.Json.Serialization;

namespace Writ.Governance.Credentials;

/// <summary>What a registered credential of an agent is, beside its API keys.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CredentialKind>))]
public enum CredentialKind
{
    /// <summary>A key pair of which the agent holds the private half; Writ signs SVIDs for it.</summary>
    [JsonStringEnumMemberName("key-pair")]
    KeyPair,

    /// <summary>A SPIFFE id of another trust domain, whose own authorities vouch for it.</summary>
    [JsonStringEnumMemberName("spiffe-id")]
    SpiffeId,

    /// <summary>The key with which an OAuth client of the agent signs its assertions; Writ gives it access tokens.</summary>
    [JsonStringEnumMemberName("oauth-client")]
    OAuthClient,

    /// <summary>A <c>did:key</c>: a key pair that signs the agent's requests itself.</summary>
    [JsonStringEnumMemberName("did-key")]
    DidKey,

    /// <summary>A <c>did:web</c>: the keys of a document that signed for it when it was registered.</summary>
    [JsonStringEnumMemberName("did-web")]
    DidWeb,
}
