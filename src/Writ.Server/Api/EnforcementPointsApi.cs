using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Identity.Tokens;

namespace Writ.Server.Api;

/// <summary><c>POST /v1/enforcement-points</c>: a program outside Writ may ask for decisions from here on.</summary>
internal sealed class EnforcementPointsApi(ControlService controls, CredentialIssuer keys)
{
    private const int MaxNames = 256;

    public void Map(RouteGroupBuilder people) => people.MapPost("/enforcement-points", RegisterAsync);

    private async Task<IResult> RegisterAsync(HttpContext http, EnforcementPointBody body)
    {
        if (!Slug.IsValid(body.Name))
            return Problem.Of(ApiError.Malformed, $"name: {Slug.Rule}").ToResult();
        if (body.Agents.Length is 0 or > MaxNames || body.Facts.Length > MaxNames || body.Enforces.Length > MaxNames || body.Facts.Any(f => !IsName(f)))
            return Problem.Of(ApiError.Malformed, $"agents: 1 to {MaxNames}; enforces and facts: at most {MaxNames}; a fact is 1 to 64 letters, digits and underscores").ToResult();
        if (body.Enforces.FirstOrDefault(kind => !ConstraintKinds.All.Contains(kind)) is { } unknown)
            return Problem.Of(ApiError.Malformed, $"enforces: '{unknown}' is not one of {string.Join(", ", ConstraintKinds.All)}").ToResult();

        var caller = http.Person();
        var key = keys.Issue(TokenKind.EnforcementPointKey);
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state => body.Agents.Where(a => !state!.Agents.ContainsKey(a)).Take(1).ToArray() is [var missing]
                ? ControlPlan.Refuse($"There is no agent {missing}.")
                : state!.EnforcementPoints.Values.Any(p => p.Name == body.Name)
                    ? ControlPlan.Refuse($"There is an enforcement point named '{body.Name}' already.")
                    : ControlPlan.Take(new EnforcementPointRegistered(body.Name, key.KeyId, key.SecretHash, body.Agents, body.Facts, body.Enforces)),
            http.RequestAborted);
        return outcome.Error() ?? Results.Json(
            new EnforcementPointAnswer(body.Name, key.Token, key.KeyId), StrictJson.Options, statusCode: 201);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]);
}
