using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Governance.Tools;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>POST /v1/enforcement-points</c>: a program outside Writ may ask for decisions from here on.</summary>
internal sealed class EnforcementPointsApi(ControlService controls, CredentialIssuer keys)
{
    private const int MaxNames = 256;

    private const int MaxStated = 1_000;

    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/enforcement-points", RegisterAsync);
        people.MapPost("/enforcement-points/{name}/entities", StateAsync);
    }

    private async Task<IResult> RegisterAsync(HttpContext http, EnforcementPointBody body)
    {
        if (!Slug.IsValid(body.Name))
            return Problem.Of(ApiError.Malformed, $"name: {Slug.Rule}").ToResult();
        if (body.Agents.Length is 0 or > MaxNames || body.Facts.Length > MaxNames || body.Enforces.Length > MaxNames || body.Facts.Any(f => !IsName(f)))
            return Problem.Of(ApiError.Malformed, $"agents: 1 to {MaxNames}; enforces and facts: at most {MaxNames}; a fact is 1 to 64 letters, digits and underscores").ToResult();
        if (body.Enforces.FirstOrDefault(kind => !ConstraintKinds.All.Contains(kind)) is { } unknown)
            return Problem.Of(ApiError.Malformed, $"enforces: '{unknown}' is not one of {string.Join(", ", ConstraintKinds.All)}").ToResult();

        if (body.Application is { } application && Wrong(application, body) is { } wrong)
            return Problem.Of(ApiError.Malformed, wrong).ToResult();

        var caller = http.Person();
        var key = keys.Issue(TokenKind.EnforcementPointKey);
        var point = new EnforcementPointRegistered(body.Name, key.KeyId, key.SecretHash, body.Agents, body.Facts, body.Enforces, body.Application);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => body.Agents.Where(a => !state!.Agents.ContainsKey(a)).Take(1).ToArray() is [var missing]
                ? ControlPlan.Refuse($"There is no agent {missing}.", point)
                : state!.EnforcementPoints.Values.Any(p => p.Name == body.Name)
                    ? ControlPlan.Refuse($"There is an enforcement point named '{body.Name}' already.")
                    : ControlPlan.Take(point),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new EnforcementPointAnswer(body.Name, key.Token, key.KeyId), StrictJson.Options, statusCode: 201);
    }

    /// <summary>Entities come in pieces that fit a record; a piece is in force or not as a whole.</summary>
    private async Task<IResult> StateAsync(HttpContext http, string name, StatedEntitiesBody body)
    {
        if (body.Entities.Length is 0 or > MaxStated)
            return Problem.Of(ApiError.Malformed, $"entities: 1 to {MaxStated} at a time").ToResult();
        for (var i = 0; i < body.Entities.Length; i++)
        {
            if (body.Entities[i].Problem is { } problem)
                return Problem.Of(ApiError.Malformed, $"entities[{i}]: {problem}").ToResult();
        }

        var (caller, count) = (http.Person(), 0);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                if (state!.EnforcementPoints.Values.FirstOrDefault(p => p.Name == name) is not { Application: not null } point)
                    return ControlPlan.Refuse($"There is no enforcement point '{name}' with an application.");
                count = point.Entities.With(body.Entities).Count;
                return count > StatedEntities.MaxEntities
                    ? ControlPlan.Refuse($"An enforcement point has at most {StatedEntities.MaxEntities} entities.")
                    : ControlPlan.Take(new EnforcementPointEntitiesStated(point.KeyId, body.Entities));
            },
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(new StatedEntitiesAnswer(name, count), StrictJson.Options);
    }

    private static string? Wrong(ProtectedApplication application, EnforcementPointBody body) =>
        !body.Agents.Contains(application.Agent) ? "application.agent: not one of agents"
        : application.Subjects.IsDefaultOrEmpty || application.Subjects.Length > 16 || !application.Subjects.All(StatedEntity.IsType) || application.Subjects.Contains("agent")
            ? "application.subjects: 1 to 16 types of letters, digits and underscores, not 'agent'"
        : body.Facts.Any(f => f is ProtectedApplication.SubjectFact or ProtectedApplication.ResourceFact) ? "facts: 'subject' and 'resource' are what was stated of the application's entities"
        : null;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]);
}
