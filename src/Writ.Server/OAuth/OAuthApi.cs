using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.OAuth;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Api;

namespace Writ.Server.OAuth;

/// <summary>
/// Each organization's authorization server: what it says of itself (RFC 8414), its keys, and its token endpoint. The issuer is
/// <c>ORIGIN/o/ORGANIZATION</c>, so that its metadata is at <c>/.well-known/oauth-authorization-server/o/ORGANIZATION</c> (section 3.1).
/// </summary>
internal sealed class OAuthApi(RegistryHolder registry, OAuthIssuers issuers, TokenEndpoint tokens, CredentialStatuses statuses)
{
    public void Map(RouteGroupBuilder anyone)
    {
        anyone.MapGet("/.well-known/oauth-authorization-server/o/{organization}", Metadata);
        anyone.MapGet("/o/{organization}/oauth/keys", Keys);
        anyone.MapGet("/o/{organization}/status/{number}", (string organization, string number) =>
            Find(organization) is { } state && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which) && statuses.Find(state, which) is { } list ? Results.Text(list, "application/statuslist+jwt") : Nothing());
        anyone.MapPost("/o/{organization}/oauth/token", (Delegate)tokens.AnswerAsync);
    }

    private IResult Metadata(string organization) =>
        Find(organization) is { } state ? Results.Json(ServerMetadata.Of(issuers.Of(state.Id)), StrictJson.Options) : Nothing();

    private IResult Keys(string organization) =>
        Find(organization)?.TrustDomains.Own is { TokenKeys: { Count: > 0 } keys } ? Results.Bytes(KeySetText.Of(keys.Values), "application/jwk-set+json") : Nothing();

    private OrganizationState? Find(string organization) =>
        OrganizationId.TryParse(organization, null, out var id) ? registry.Current.Organizations.GetValueOrDefault(id) : null;

    private static IResult Nothing() => Problem.Of(ApiError.NotFound, "There is no such authorization server.").ToResult();
}
