using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Admission;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Enrolments;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.TrustDomains;
using Writ.Identity.Spiffe;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary>
/// <c>/v1/enrolments</c> and <c>/v1/enrol</c>: a person offers that an agent may introduce itself, and the agent does, once. What comes of it
/// is a draft without any right.
/// </summary>
internal sealed class EnrolmentsApi(
    ControlService controls, RegistryHolder registry, CredentialIssuer credentials, TrustDomainNames names, AdmissionControl admission, TimeProvider time)
{
    public void Map(RouteGroupBuilder people, RouteGroupBuilder enrolling)
    {
        people.MapPost("/enrolments", OfferAsync);
        people.MapGet("/enrolments", List);
        people.MapPost("/enrolments/{id}/withdraw", WithdrawAsync);
        enrolling.MapPost("/enrol", EnrolAsync);
    }

    private async Task<IResult> OfferAsync(HttpContext http, EnrolmentBody body)
    {
        var caller = http.Person();
        if (body.Reason.Length is 0 or > 500)
            return Malformed("reason: 1 to 500 characters");
        if (body.Hours < 1 || body.Hours > AgentEnrolment.MaxLife.TotalHours)
            return Malformed($"hours: 1 to {AgentEnrolment.MaxLife.TotalHours:0}");
        if (!Slug.IsValid(body.Environment))
            return Malformed($"environment: {Slug.Rule}");
        if (!TeamId.TryParse(body.Team ?? "default", null, out var team) || FactAgent.Owns(team))
            return Malformed($"team: {Slug.Rule}, and not Writ's own");
        if (!PersonId.TryParse(body.Owner ?? caller.Person.Id.ToString(), null, out var owner) || !caller.Organization.IsLive(owner))
            return Malformed("owner: not a person of this organization");
        var token = credentials.Issue(TokenKind.AgentEnrolment, TimeSpan.FromHours(body.Hours));
        var offered = new AgentEnrolmentOffered(token.KeyId, token.SecretHash, owner, team, body.Environment, token.ExpiresAt, body.Reason);
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(offered), http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new EnrolmentAnswer(EnrolmentView.Of(registry.Current.Organizations[caller.Organization.Id].Enrolments[token.KeyId]), token.Token), StrictJson.Options, statusCode: 201);
    }

    private IResult List(HttpContext http)
    {
        var (caller, now) = (http.Person(), time.GetUtcNow());
        return caller.Person.Has(PersonCapability.Platform) || caller.Person.Has(PersonCapability.Security) || caller.Person.Has(PersonCapability.Compliance)
            ? Results.Json(new EnrolmentList([.. caller.Organization.Enrolments.Values.Where(one => one.ExpiresAt > now).OrderBy(one => one.KeyId, StringComparer.Ordinal).Select(EnrolmentView.Of)]), StrictJson.Options)
            : Problem.Of(ApiError.NotAllowed, "Enrolments are for platform, security and compliance to see.").ToResult();
    }

    private async Task<IResult> WithdrawAsync(HttpContext http, string id, ReasonBody body)
    {
        if (body.Reason.Length is 0 or > 500)
            return Malformed("reason: 1 to 500 characters");
        var caller = http.Person();
        var withdrawn = new AgentEnrolmentWithdrawn(id, body.Reason);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => state!.Enrolments.ContainsKey(id) ? ControlPlan.Take(withdrawn) : ControlPlan.Refuse("There is no such enrolment that waits.", withdrawn), http.RequestAborted);
        return outcome.Error() ?? Results.NoContent();
    }

    private async Task<IResult> EnrolAsync(HttpContext http, EnrolBody body)
    {
        var caller = (Caller.EnrollingCaller)http.CurrentCaller();
        if (!AgentLabel.IsValid(body.Name) || Guid.TryParse(body.Name, out _))
            return Malformed("name: 1 to 64 visible characters, no space at either end, not an id");
        var claims = new (string Name, string? Value)[]
        {
            ("framework", body.Framework), ("framework_version", body.FrameworkVersion), ("version", body.Version), ("model", body.Model), ("provider", body.Provider),
            ("prompt_hash", body.PromptHash),
        }.Where(claim => claim.Value is not null).ToImmutableSortedDictionary(claim => claim.Name, claim => claim.Value!, StringComparer.Ordinal);
        if (AgentOrigin.ProblemWith(claims) is { } problem)
            return Malformed(problem);
        var now = time.GetUtcNow();
        DraftKey? key = null;
        if (body.Request is not null)
        {
            if (!SvidRequest.TryRead(body.Request, out var request, out var obstacle))
                return Malformed($"request: {obstacle}");
            key = new DraftKey(Guid.CreateVersion7(now).ToString("N"), Convert.ToBase64String(request.Key.ExportSubjectPublicKeyInfo()), now + CredentialIssuer.KeyLife);
        }

        var draft = new Agent
        {
            Id = AgentId.New(time),
            Organization = caller.Organization.Id,
            Name = body.Name,
            Owner = caller.Enrolment.Owner,
            Team = caller.Enrolment.Team,
            Environment = caller.Enrolment.Environment,
            Version = "1",
        };
        var drafted = new AgentDrafted(draft, AgentSource.Enrolment, caller.KeyId) { Claims = claims, Key = key };
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, null, Presence.Installation, state => Enrolling.Plan(state!, caller.KeyId, drafted, time.GetUtcNow()), http.RequestAborted);
        if (outcome is ControlOutcome.Invalid { Cause: Enrolling.NotAccepted })
        {
            // Somebody was faster with the same token: it looks as if it had never been one.
            admission.CountRefusedProof(caller.Organization.Id, caller.KeyId, "agent-enrolment");
            return CallerCheck.Unauthenticated(http).ToResult();
        }

        if (outcome.Error() is { } error)
            return error;
        var agent = registry.Current.Organizations[caller.Organization.Id].Agents[draft.Id];
        return Results.Json(new EnrolAnswer(agent.Id, agent.Name, agent.Lifecycle, $"spiffe://{names.Of(caller.Organization.Id)}/agent/{agent.Id}", key?.Id), StrictJson.Options, statusCode: 201);
    }

    private static IResult Malformed(string detail) => Problem.Of(ApiError.Malformed, detail).ToResult();
}
