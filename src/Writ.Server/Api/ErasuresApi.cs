using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Erasures;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/erasures</c>: whom to forget. One person asks, another confirms.</summary>
internal sealed class ErasuresApi(ErasureService erasures, RegistryHolder registry, TimeProvider time)
{
    private const int MostListed = 500;

    public void Map(RouteGroupBuilder people)
    {
        people.MapGet("/erasures", List);
        people.MapPost("/erasures", RequestAsync);
        people.MapPost("/erasures/{id}/confirm", async (HttpContext http, string id) =>
            Guid.TryParseExact(id, "D", out var parsed) ? Answer(http, await erasures.ConfirmAsync(http.Person(), parsed, http.RequestAborted), 200) : NotFound());
        people.MapPost("/erasures/{id}/decline", DeclineAsync);
    }

    private async Task<IResult> RequestAsync(HttpContext http, ErasureBody body)
    {
        if (PayloadSubject.Parse(body.Subject) is not { } subject)
            return Problem.Of(ApiError.Malformed, "subject: user/<name>, person/<name> or agent/<id>").ToResult();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        return Answer(http, await erasures.RequestAsync(http.Person(), subject, body.Reason, http.RequestAborted), 202);
    }

    private async Task<IResult> DeclineAsync(HttpContext http, string id, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        return Guid.TryParseExact(id, "D", out var parsed) ? Answer(http, await erasures.DeclineAsync(http.Person(), parsed, body.Reason, http.RequestAborted), 200) : NotFound();
    }

    private IResult List(HttpContext http)
    {
        var state = http.Person().Organization;
        return Results.Json(
            new ErasureList([.. state.Erasures.Values.OrderByDescending(e => e.At).Take(MostListed).Select(e => View(state, e))]), StrictJson.Options);
    }

    private IResult Answer(HttpContext http, ErasureOutcome outcome, int status) => outcome switch
    {
        ErasureOutcome.Done { Erasure: var erasure } =>
            Results.Json(new ErasureAnswer(View(registry.Current.Organizations[http.Person().Organization.Id], erasure)), StrictJson.Options, statusCode: status),
        ErasureOutcome.UnknownSubject => Problem.Of(ApiError.NotFound, "Nothing is sealed for such a subject: there is nothing to erase.").ToResult(),
        ErasureOutcome.Unknown => NotFound(),
        ErasureOutcome.UnderHold { Hold: var hold } => Problem.Of(ApiError.UnderHold, $"Nothing is erased: {hold.Words}.").ToResult(),
        ErasureOutcome.Unconfirmed { Obstacle: var obstacle } => (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult(),
        ErasureOutcome.Refused refused => refused.Outcome.Error()!,
        _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
    };

    private ErasureView View(OrganizationState state, Erasure erasure) => ErasureView.Of(erasure, erasures.Waits(state, erasure), time.GetUtcNow());

    private static IResult NotFound() => Problem.Of(ApiError.NotFound, "There is no such erasure.").ToResult();
}
