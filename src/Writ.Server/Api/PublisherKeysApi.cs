using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/publisher-keys</c>: the keys that bundles are signed with.</summary>
internal sealed class PublisherKeysApi(ControlService controls, RegistryHolder registry)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/publisher-keys", (HttpContext http) => List(http.Person().Organization));
        people.MapPost("/publisher-keys", RegisterAsync);
        people.MapPost("/publisher-keys/{id}/revoke", (HttpContext http, string id, ReasonBody body) => BecauseAsync(http, body, state =>
            !state.PublisherKeys.ById.TryGetValue(id, out var key) ? ControlPlan.Refuse("There is no such key.")
            : key.Revoked ? ControlPlan.Refuse("It was revoked before.")
            : ControlPlan.Take(new PublisherKeyRevoked(id, body.Reason))));
        people.MapPost("/publisher-keys/require", (HttpContext http, ReasonBody body) => BecauseAsync(http, body, state =>
            state.PublisherKeys.Required ? ControlPlan.Refuse("Signatures are required already.")
            : state.PublisherKeys.ById.Values.All(key => key.Revoked) ? ControlPlan.Refuse("No key is registered: nothing could be published.")
            : ControlPlan.Take(new SignaturesRequired(body.Reason))));
    }

    private async Task<IResult> RegisterAsync(HttpContext http, PublisherKeyBody body)
    {
        if (!PublisherKey.TryRead(body.PublicKey, out var key) || body.Label.Length is 0 or > 128 || body.Label.Any(char.IsControl))
            return Problem.Of(ApiError.Malformed, "public_key: 32 bytes of an Ed25519 key in base64url; label: 1 to 128 characters").ToResult();
        return await AnswerAsync(http, StatusCodes.Status201Created, _ => ControlPlan.Take(new PublisherKeyRegistered(PublisherKey.IdOf(key), body.PublicKey, body.Label)));
    }

    private async Task<IResult> BecauseAsync(HttpContext http, ReasonBody body, Func<OrganizationState, ControlPlan> plan) =>
        body.Reason.Length is 0 or > 500
            ? Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult()
            : await AnswerAsync(http, StatusCodes.Status200OK, plan);

    private async Task<IResult> AnswerAsync(HttpContext http, int status, Func<OrganizationState, ControlPlan> plan)
    {
        var caller = http.Person();
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, state => plan(state!), http.RequestAborted);
        return outcome.Error() ?? List(registry.Current.Organizations[caller.Organization.Id], status);
    }

    private static IResult List(OrganizationState state, int status = StatusCodes.Status200OK) =>
        Results.Json(new PublisherKeyList(state.PublisherKeys.Required, [.. state.PublisherKeys.ById.Values]), StrictJson.Options, statusCode: status);
}
