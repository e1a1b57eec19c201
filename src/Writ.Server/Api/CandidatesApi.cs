using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Lifecycle;
using Writ.Governance.Policies.Lifecycle.Canary;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Policies.Signing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>/v1/bundles/…</c>: versions that are tried beside the ones that hold, from shadow to active.</summary>
internal sealed class CandidatesApi(
    ControlService controls, RegistryHolder registry, CandidateTrials trials, BundlePublisher publisher, CanaryPublication canaries)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/bundles/shadow", StageAsync).WithMetadata(BodyLimit.Documents);
        people.MapGet("/bundles/{name}/shadow", Shadow);
        people.MapPost("/bundles/{name}/canary", StartCanaryAsync);
        people.MapPost("/bundles/{name}/promote", PromoteAsync);
        people.MapPost("/bundles/{name}/withdraw", WithdrawAsync);
    }

    private async Task<IResult> StageAsync(HttpContext http, BundleBody body)
    {
        var caller = http.Person();
        var archive = new BundleArchive(body.Manifest, body.Files);
        if (body.AcceptDenials is not null || body.Override is not null)
            return Problem.Of(ApiError.Malformed, "accept_denials, override: what is tried refuses nobody yet; say them when it is promoted").ToResult();
        IReadOnlyList<PolicyProblem> problems = [];
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                problems = BundlePublication.ProblemsOfPublishing(state!, archive);
                if (state!.PublisherKeys.Obstacle(archive.Digest.ToHex(), body.Signature) is { } unsound)
                    problems = [.. problems, new PolicyProblem(BundleSignature.FileName, 0, 0, $"the signature {unsound}")];
                return problems.Count > 0 ? ControlPlan.Refuse("the bundle has problems")
                    : BundlePublication.Stale(state!, archive, body.Replaces) is { } stale ? ControlPlan.Refuse(stale)
                    : CandidatePlans.Stage(state!, archive, body.Signature);
            },
            http.RequestAborted);
        if (problems.Count > 0)
            return (Problem.Of(ApiError.BundleRefused, $"{problems.Count} problem(s); nothing is tried.") with { Problems = [.. problems] }).ToResult();
        if (outcome.Error() is { } error)
            return error;
        return registry.Current.Organizations[caller.Organization.Id].Candidates.TryGetValue(archive.Manifest.Name, out var candidate)
            ? Results.Json(CandidateView.Of(candidate), StrictJson.Options, statusCode: 201)
            : Problem.Of(ApiError.Invalid, "It was withdrawn at once.").ToResult();
    }

    private IResult Shadow(HttpContext http, string name)
    {
        var state = http.Person().Organization;
        return state.Candidates.TryGetValue(name, out var candidate)
            ? Results.Json(ShadowAnswer.Of(state, candidate, trials), StrictJson.Options)
            : Untried();
    }

    private async Task<IResult> StartCanaryAsync(HttpContext http, string name, CanaryBody body)
    {
        var caller = http.Person();
        if (body.Terms.Problem is { } problem)
            return Problem.Of(ApiError.Malformed, problem).ToResult();
        if (!caller.Organization.Candidates.ContainsKey(name))
            return Untried();
        var outcome = await canaries.StartAsync(caller, name, body.Digest, body.Terms, http.RequestAborted);
        return outcome.Answer(registry.Current.Organizations[caller.Organization.Id], StatusCodes.Status200OK);
    }

    private async Task<IResult> PromoteAsync(HttpContext http, string name, PromoteBody body)
    {
        var caller = http.Person();
        var state = caller.Organization;
        if (!state.Candidates.ContainsKey(name))
            return Untried();
        if (CandidatePlans.Find(state, name, body.Digest, out var obstacle) is not { } candidate)
            return Problem.Of(ApiError.Invalid, obstacle).ToResult();
        if (CandidatePlans.Outdated(state, candidate, body.Replaces) is { } outdated)
            return Problem.Of(ApiError.Invalid, outdated).ToResult();
        if (body.Override is { Length: 0 or > 500 })
            return Problem.Of(ApiError.Malformed, "override: 1 to 500 characters").ToResult();
        var request = new PublishRequest(candidate.Bundle.Archive)
        {
            Replaces = body.Replaces ?? candidate.Base, Signature = candidate.Signature, AcceptDenials = body.AcceptDenials, Override = body.Override,
        };
        var outcome = await publisher.PublishAsync(caller, request, http.RequestAborted);
        return outcome.Answer(registry.Current.Organizations[state.Id], StatusCodes.Status200OK);
    }

    private async Task<IResult> WithdrawAsync(HttpContext http, string name, WithdrawBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Problem.Of(ApiError.Malformed, "reason: 1 to 500 characters").ToResult();
        if (!caller.Organization.Candidates.TryGetValue(name, out var candidate))
            return Untried();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => CandidatePlans.Withdraw(state!, name, body.Digest ?? candidate.Bundle.Digest, body.Reason), http.RequestAborted);
        return outcome.Error() ?? Results.Json(CandidateView.Of(candidate), StrictJson.Options);
    }

    private static IResult Untried() => Problem.Of(ApiError.NotFound, "No version of such a bundle is being tried.").ToResult();
}
