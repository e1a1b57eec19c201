using Writ.Governance.Credentials;

namespace Writ.Server.Api;

/// <summary>A credential of an agent as people see it.</summary>
internal sealed record CredentialView(
    string Id, CredentialKind Kind, string Status, string Assurance, string? SpiffeId, string? Did, IReadOnlyList<string>? Keys, IReadOnlyList<string>? AllowedAddresses, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset? RetiresAt, string? Predecessor)
{
    public static CredentialView Of(AgentCredential credential, string domain, DateTimeOffset now) => new(
        credential.Id, credential.Kind, credential.Status(now), credential.Kind == CredentialKind.OAuthClient ? Assurances.Substantial : Assurances.High,
        credential.Kind switch
        {
            CredentialKind.SpiffeId => credential.Public,
            CredentialKind.KeyPair or CredentialKind.OAuthClient => Identity.Spiffe.SpiffeId.ForAgent(domain, credential.Agent.Value).ToString(),
            _ => null,
        },
        credential.Kind is CredentialKind.DidKey or CredentialKind.DidWeb ? credential.Public : null,
        credential.Kind is CredentialKind.DidKey or CredentialKind.DidWeb ? credential.Keys : null,
        credential.Kind is CredentialKind.DidWeb ? credential.AllowedAddresses : null,
        credential.CreatedAt, credential.CreatedBy.ToString(), credential.ExpiresAt, credential.RetiresAt, credential.Predecessor);
}
