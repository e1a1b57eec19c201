using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/proposals</c> and what is done with them: bundles that wait for a second person.</summary>
internal sealed class ProposalsApi(RegistryHolder registry, BundlePublisher publisher, TimeProvider time)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/proposals", (HttpContext http) => List(http.Person().Organization));
        people.MapPost("/bundles/{name}/confirm", ConfirmAsync);
        people.MapPost("/bundles/{name}/decline", DeclineAsync);
        people.MapPost("/bundles/{name}/acknowledge", AcknowledgeAsync);
    }

    private async Task<IResult> ConfirmAsync(HttpContext http, string name, ConfirmBody body)
    {
        var caller = http.Person();
        if (body.Override is { Length: 0 or > 500 })
            return Problem.Of(ApiError.Malformed, "override: 1 to 500 characters").ToResult();
        var outcome = await publisher.ConfirmAsync(caller, name, body.Digest, body.Override, http.RequestAborted);
        return outcome.Answer(registry.Current.Organizations[caller.Organization.Id], StatusCodes.Status200OK);
    }

    private async Task<IResult> DeclineAsync(HttpContext http, string name, DeclineBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        var caller = http.Person();
        var outcome = await publisher.DeclineAsync(caller, name, body.Digest, body.Reason, http.RequestAborted);
        var now = registry.Current.Organizations[caller.Organization.Id];
        return outcome is PublishOutcome.Declined ? List(now) : outcome.Answer(now, StatusCodes.Status200OK);
    }

    private async Task<IResult> AcknowledgeAsync(HttpContext http, string name, AcknowledgeBody body)
    {
        var caller = http.Person();
        var outcome = await publisher.AcknowledgeAsync(caller, name, body.Digest, http.RequestAborted);
        var now = registry.Current.Organizations[caller.Organization.Id];
        return outcome is PublishOutcome.Acknowledged ? List(now) : outcome.Answer(now, StatusCodes.Status200OK);
    }

    private IResult List(OrganizationState organization) => Results.Json(
        new ProposalList([.. organization.Proposals.Values.Select(proposal => ProposalView.Of(organization, proposal, time.GetUtcNow()))]), StrictJson.Options);
}
