using System.Collections.Immutable;
using Writ.Identity.OAuth;

namespace Writ.Server.OAuth;

/// <summary>What an authorization server says of itself (RFC 8414 section 2).</summary>
internal sealed record ServerMetadata(
    string Issuer, string TokenEndpoint, string JwksUri, ImmutableArray<string> ResponseTypesSupported, ImmutableArray<string> GrantTypesSupported,
    ImmutableArray<string> TokenEndpointAuthMethodsSupported, ImmutableArray<string> TokenEndpointAuthSigningAlgValuesSupported, ImmutableArray<string> DpopSigningAlgValuesSupported,
    bool TlsClientCertificateBoundAccessTokens)
{
    public static ServerMetadata Of(string issuer)
    {
        ImmutableArray<string> algorithms = [.. DpopVerifier.Algorithms.Select(algorithm => algorithm.Name)];
        return new ServerMetadata(
            issuer, issuer + "/oauth/token", issuer + "/oauth/keys", [], [OAuth.TokenEndpoint.ClientCredentials, OAuth.TokenEndpoint.Exchange], ["private_key_jwt", "tls_client_auth"], algorithms, algorithms, true);
    }
}
