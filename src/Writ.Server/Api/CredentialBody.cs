using Writ.Governance.Credentials;

namespace Writ.Server.Api;

/// <summary>A credential to be registered: a key pair, as a certificate signing request that its own key signed, or a SPIFFE id of another domain.</summary>
internal sealed record CredentialBody
{
    public required CredentialKind Kind { get; init; }

    /// <summary>The certificate signing request, PEM.</summary>
    public string? Request { get; init; }

    public string? SpiffeId { get; init; }

    /// <summary>For how many days it works.</summary>
    public int Days { get; init; } = 90;

    /// <summary>The key pair that it follows.</summary>
    public string? Predecessor { get; init; }

    /// <summary>The old key's signature, DER in base64.</summary>
    public string? Proof { get; init; }
}
