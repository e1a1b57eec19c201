using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Linting;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Typing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/bundles</c>: what policy holds, and its change.</summary>
internal sealed class BundlesApi(ControlService controls, RegistryHolder registry, BundlePublisher publisher)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/bundles", PublishAsync).WithMetadata(BodyLimit.Documents);
        people.MapPost("/bundles/lint", Lint).WithMetadata(BodyLimit.Documents);
        people.MapGet("/bundles", List);
        people.MapGet("/schema", Schema);
        people.MapGet("/bundles/{name}", History);
        people.MapPost("/bundles/{name}/rollback", RollBackAsync);
    }

    private async Task<IResult> PublishAsync(HttpContext http, BundleBody body)
    {
        var caller = http.Person();
        if (body.Override is { Length: 0 or > 500 })
            return Problem.Of(ApiError.Malformed, "override: 1 to 500 characters").ToResult();
        var request = new PublishRequest(new BundleArchive(body.Manifest, body.Files)) { Signature = body.Signature, Replaces = body.Replaces, AcceptDenials = body.AcceptDenials, Override = body.Override };
        var outcome = await publisher.PublishAsync(caller, request, http.RequestAborted);
        return outcome.Answer(registry.Current.Organizations[caller.Organization.Id], StatusCodes.Status201Created);
    }

    private async Task<IResult> RollBackAsync(HttpContext http, string name, RollbackBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (!caller.Organization.Bundles.ContainsKey(name))
            return Problem.Of(ApiError.NotFound, "There is no such bundle.").ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, state => BundleRollback.Plan(state!, name, body.To, body.Reason), http.RequestAborted);
        if (outcome.Error() is { } error)
            return error;
        var now = registry.Current.Organizations[caller.Organization.Id];
        var active = now.Bundles[name];
        return Results.Json(new BundleAnswer(active.Name, active.Version, active.Digest, now.Policy.Snapshot.Digest.ToHex()), StrictJson.Options);
    }

    private static IResult History(HttpContext http, string name)
    {
        var state = http.Person().Organization;
        if (!state.BundleHistories.TryGetValue(name, out var history) && !state.Candidates.ContainsKey(name))
            return Problem.Of(ApiError.NotFound, "There is no such bundle.").ToResult();
        var active = state.Bundles.GetValueOrDefault(name)?.Digest;
        var candidate = state.Candidates.GetValueOrDefault(name);
        var versions = (history ?? BundleHistory.Empty).Versions
            .Where(v => v.Bundle.Digest != candidate?.Bundle.Digest)
            .Select(v => BundleVersionView.Of(v.Bundle, v.Before, v.Bundle.Digest == active ? BundleState.Active : BundleState.Superseded));
        BundleVersionView[] tried = candidate is null ? [] : [BundleVersionView.Of(candidate.Bundle, candidate.Base, candidate.State)];
        return Results.Json(new BundleVersionList(name, [.. versions, .. tried]), StrictJson.Options);
    }

    /// <summary>What is wrong with a bundle beside the tools, bundles and people there are. Asks only.</summary>
    private static IResult Lint(HttpContext http, BundleBody body)
    {
        var state = http.Person().Organization;
        return Results.Json(new LintAnswer(Linter.Lint(new BundleArchive(body.Manifest, body.Files), state, [.. state.People.Values.Where(person => person.IsHere)])), StrictJson.Options);
    }

    private static IResult Schema(HttpContext http) => Results.Json(new SchemaAnswer(PolicyVocabulary.TextOf(http.Person().Organization)), StrictJson.Options);

    private static IResult List(HttpContext http)
    {
        var state = http.Person().Organization;
        var snapshot = state.Policy.Snapshot;
        return Results.Json(
            new BundleList(
                snapshot.Digest.ToHex(),
                snapshot.Fault,
                [.. state.Bundles.Values.Select(BundleSummary.Of)],
                [.. state.Candidates.Values.Select(CandidateView.Of)]),
            StrictJson.Options);
    }
}
