using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Governance.Users;
using Writ.Identity.OAuth;
using Writ.Identity.Spiffe;
using Writ.Server.OpenId;

namespace Writ.Server.OAuth;

/// <summary>
/// Verifies tokens of end users: by the keys of the one registered issuer that a token names, which are looked up where the registration says and
/// nowhere else. Thread safe.
/// </summary>
internal sealed class UserTokens(RegistryHolder registry, TrustDomainNames names, TimeProvider time) : IDisposable
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(OrganizationId Organization, string Name), (TrustedUserIssuer Issuer, ProviderConnection Connection)> _open = [];

    /// <summary>The user whose token it is, and who acted before; null where no registered issuer says so, or not for this agent.</summary>
    /// <param name="organization">Whose issuers.</param>
    /// <param name="agent">Who wants to act for the user.</param>
    /// <param name="client">The agent's OAuth client; null where it is none that asks.</param>
    /// <param name="text">The token.</param>
    /// <param name="cancellation">Ends the wait for the issuer's keys.</param>
    public async Task<(AccessUser User, JsonElement PriorActor)?> VerifyAsync(OrganizationId organization, AgentId agent, string? client, string text, CancellationToken cancellation)
    {
        if (!CompactJws.TryParse(text, out var jws, out _, MaxLength) || !JsonWebToken.TryParse(jws, out var claimed, out _) || claimed.Issuer is not { } issuer
            || registry.Current.Organizations.GetValueOrDefault(organization)?.UserIssuers.Of(issuer) is not { } trusted)
            return null;
        var connection = Connection(organization, trusted);
        if (await connection.MetadataAsync(cancellation) is not { } metadata
            || await connection.ValidateAsync(metadata, text, UserTokenRules.Of(trusted.Issuer), cancellation) is not { } token
            || !ReferenceEquals(registry.Current.Organizations.GetValueOrDefault(organization)?.UserIssuers.Of(issuer), trusted)) // while it was waited for
            return null;
        var id = SpiffeId.ForAgent(names.Of(organization), agent.Value).ToString();
        return UserTokenRules.Read(trusted.Issuer, token, actor => actor == id || actor == client, time.GetUtcNow());
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (_, connection) in _open.Values)
                connection.Dispose();
            _open.Clear();
        }
    }

    private ProviderConnection Connection(OrganizationId organization, TrustedUserIssuer trusted)
    {
        lock (_lock)
        {
            var key = (organization, trusted.Issuer.Name);
            if (_open.TryGetValue(key, out var known) && ReferenceEquals(known.Issuer, trusted))
                return known.Connection;
            // Whoever still uses the old one gets an answer that is not believed.
            var made = new ProviderConnection(trusted.Issuer.AsProvider(), null, time);
            _open[key] = (trusted, made);
            return made;
        }
    }
}
