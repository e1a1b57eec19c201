using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Users;
using Writ.Server.OAuth;

namespace Writ.Server.Api;

/// <summary><c>POST /v1/tasks</c>: opens a unit of work and mints the token that names it.</summary>
internal sealed class TasksApi(TaskService tasks, UserTokens users, TimeProvider time)
{
    public void Map(RouteGroupBuilder anyone) => anyone.MapPost("/tasks", OpenAsync);

    private async Task<IResult> OpenAsync(HttpContext http, TaskBody body)
    {
        if (TooLong(body) is { } member)
            return Problem.Of(ApiError.Malformed, $"{member} is too long: 256 characters, the request and a token {TaskService.MaxRequestWords}.").ToResult();
        if (AgentDescription.ReadGrants(body.Scope ?? [], out var scope) is { } wrong)
            return Problem.Of(ApiError.Malformed, wrong.Replace("grants", "scope", StringComparison.Ordinal)).ToResult();
        var caller = http.CurrentCaller();
        var common = new TaskOpening { Agent = default, Credential = "", RequestWords = body.Request, Interface = body.Interface, Scope = body.Scope is null ? null : scope };
        if (await OpeningAsync(http, caller, body, common) is not { } opening)
            return Problem.Of(ApiError.NotFound, "There is no such agent with a key in force and that skill, or it is not this caller's to speak for.").ToResult();
        if (body.UserToken is { } token)
        {
            if (await users.VerifyAsync(caller.Organization.Id, opening.Agent, null, token, http.RequestAborted) is not var (user, _))
                return Problem.Of(ApiError.UserTokenRefused, "The user's token was not accepted: it is of a registered user issuer, in force, for this agent.").ToResult();
            var verified = VerifiedUser.Of(user);
            if (opening.Parent is { User: { } above } && above.Value != verified.Name.Value)
                return Problem.Of(ApiError.UserTokenRefused, "The task above is for another user.").ToResult();
            opening = opening with { User = verified.Name, UserFacts = verified.Facts };
        }

        return await tasks.OpenAsync(caller.Organization.Id, opening) is { } opened
            ? Results.Json(new TaskAnswer(opened.Task.Id, opened.Task.Root, opened.Task.Parent, opened.Token), StrictJson.Options, statusCode: 201)
            : Problem.Of(ApiError.NotRecorded, "The task was not opened.").ToResult();
    }

    /// <summary>
    /// Who vouches decides what is attested. A person vouches for the work and for being its starter; an enforcement point for the
    /// purpose and for who its user is; an agent for nothing, and its task is a child of the one it is in. What a user may do is nobody's to
    /// say but a verified token's.
    /// </summary>
    private async ValueTask<TaskOpening?> OpeningAsync(HttpContext http, Caller caller, TaskBody body, TaskOpening common)
    {
        switch (caller)
        {
            case Caller.PersonCaller person when CredentialOf(person, body) is { } key && AgentRights.MayInvoke(person.Person, person.Organization.Agents[key.Agent], time.GetUtcNow(), body.Skill) && HasSkill(person, key.Agent, body.Skill):
                return common with
                {
                    Agent = key.Agent,
                    Credential = key.KeyId,
                    StartedBy = new Attested<PersonId>(person.Person.Id, $"person/{person.Person.Id}"),
                    Purpose = Attest(body.Purpose, $"person/{person.Person.Id}"),
                    Workflow = Attest(body.Workflow, $"person/{person.Person.Id}"),
                    Claims = new Claims(null, body.OnBehalfOf, null),
                    Skill = Attest(body.Skill, $"person/{person.Person.Id}"),
                };
            case Caller.EnforcementPointCaller point when CredentialOf(point, body) is { } key && point.Point.Agents.Contains(key.Agent) && HasSkill(point, key.Agent, body.Skill):
                return common with
                {
                    Agent = key.Agent,
                    Credential = point.KeyId,
                    Purpose = Attest(body.Purpose, $"enforcement-point/{point.Point.Name}"),
                    Workflow = Attest(body.Workflow, $"enforcement-point/{point.Point.Name}"),
                    Skill = Attest(body.Skill, $"enforcement-point/{point.Point.Name}"),
                    User = Attest(body.OnBehalfOf, $"enforcement-point/{point.Point.Name}"),
                };
            case Caller.AgentCaller agent when body.Skill is null && (body.Agent is null || body.Agent == agent.Agent.Id.ToString()):
                var above = await CurrentAsync(http, agent);
                return above is null ? null : common with
                {
                    Agent = agent.Agent.Id,
                    Credential = agent.KeyId,
                    Parent = above,
                    Scope = agent.Within(common.Scope),
                    Claims = new Claims(body.Purpose, body.OnBehalfOf, null),
                };
            case Caller.AgentCaller { Agent.Lifecycle: AgentLifecycle.Active } agent when CredentialOf(agent, body) is { } key && key.Agent != agent.Agent.Id
                && AgentRights.MayInvoke(agent.Agent.Id, agent.Organization.Agents[key.Agent], time.GetUtcNow(), body.Skill) && HasSkill(agent, key.Agent, body.Skill):
                return await CurrentAsync(http, agent) is { } asking && asking.AskedBy.Length < TaskStanding.MostAsking && !asking.AskedBy.Contains(key.Agent)
                    ? common with
                    {
                        Agent = key.Agent,
                        Credential = key.KeyId,
                        Parent = asking,
                        Scope = agent.Within(common.Scope),
                        AskedBy = asking.AskedBy.Add(agent.Agent.Id),
                        Skill = Attest(body.Skill, $"agent/{agent.Agent.Id}"),
                        Claims = new Claims(body.Purpose, body.OnBehalfOf, null),
                    }
                    : null;
            default:
                return null;
        }
    }

    private static bool HasSkill(Caller caller, AgentId agent, string? skill) => skill is null || caller.Organization.Agents[agent].Card?.Skill(skill) is { Tools.IsEmpty: false };

    private async ValueTask<TaskStanding?> CurrentAsync(HttpContext http, Caller.AgentCaller agent)
    {
        var user = VerifiedUser.Of(agent.Token);
        var current = http.Request.Headers["Writ-Task"].ToString() is { Length: > 0 } token
            ? tasks.Find(token, agent.Agent.Id, agent.KeyId)
            : await tasks.EnterImplicitAsync(agent.Organization.Id, new TaskOpening { Agent = agent.Agent.Id, Credential = agent.KeyId, User = user?.Name, UserFacts = user?.Facts });
        return current?.In(agent.Organization, user);
    }

    /// <summary>What the task will be bound to: the credential that is named, else the agent's newest API key, else its newest registered credential.</summary>
    private (AgentId Agent, string KeyId)? CredentialOf(Caller caller, TaskBody body)
    {
        if (!AgentId.TryParse(body.Agent, null, out var id))
            return null;
        var now = time.GetUtcNow();
        var keys = caller.Organization.AgentKeys.Values.Where(key => key.Agent == id && !key.Revoked && !key.Suspended && key.ExpiresAt > now).OrderByDescending(key => key.ExpiresAt).Select(key => key.KeyId);
        var registered = caller.Organization.AgentCredentials.ById.Values.Where(one => one.Agent == id && one.IsInForce(now)).OrderByDescending(one => one.CreatedAt).Select(one => one.Id);
        return keys.Concat(registered).FirstOrDefault(one => body.Credential is null || one == body.Credential) is { } credential ? (id, credential) : null;
    }

    private static Attested<string>? Attest(string? value, string source) =>
        value is null ? null : new Attested<string>(value, source);

    private static string? TooLong(TaskBody body) =>
        body.Purpose?.Length > Claims.MaxLength ? "purpose"
        : body.OnBehalfOf?.Length > Claims.MaxLength ? "on_behalf_of"
        : body.Workflow?.Length > Claims.MaxLength ? "workflow"
        : body.Skill?.Length > Claims.MaxLength ? "skill"
        : body.Interface?.Length > Claims.MaxLength ? "interface"
        : body.UserToken?.Length > UserTokens.MaxLength ? "user_token"
        : body.Request?.Length > TaskService.MaxRequestWords ? "request"
        : null;
}
