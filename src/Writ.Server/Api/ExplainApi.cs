using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Explaining;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary><c>POST /v1/explain</c>: what the same gates would say, and why, also of a bundle that is not published. Asks only.</summary>
internal sealed class ExplainApi(Governor governor, TimeProvider time)
{
    private const int MaxExplained = 100;

    public void Map(RouteGroupBuilder people) => people.MapPost("/explain", ExplainAsync).WithMetadata(BodyLimit.Documents);

    private async Task<IResult> ExplainAsync(HttpContext http, ExplainBody body)
    {
        var state = http.Person().Organization;
        if (http.FindAgent(body.Agent, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        if (!ServerSlug.TryParse(body.Server, null, out var server) || !ToolName.IsValid(body.Tool))
            return Problem.Of(ApiError.Malformed, "server or tool: not a name").ToResult();
        var json = body.Arguments is { } given ? JsonSerializer.SerializeToUtf8Bytes(given, StrictJson.Options) : "{}"u8.ToArray();
        if (Arguments.Parse(json) is not ArgumentsReading.Read { Arguments: var arguments })
            return Problem.Of(ApiError.Malformed, "arguments: expected an object that has a canonical form").ToResult();

        if (new[] { body.OnBehalfOf, body.Purpose, body.Workflow }.Any(text => text is { Length: 0 or > Claims.MaxLength }))
            return Problem.Of(ApiError.Malformed, $"on_behalf_of, purpose, workflow: 1 to {Claims.MaxLength} characters").ToResult();
        if (body.Bundle is { } candidate)
        {
            var archive = new BundleArchive(candidate.Manifest, candidate.Files);
            if (BundlePublication.Problems(state, archive) is { Count: > 0 } problems)
                return (Problem.Of(ApiError.BundleRefused, $"{problems.Count} problem(s) keep the bundle from being published.") with { Problems = [.. problems] }).ToResult();
            state = Supposition.Published(state, archive);
        }

        var task = TaskId.New(time);
        var at = body.Time?.ToUniversalTime() ?? time.GetUtcNow();
        var facts = new Facts
        {
            Organization = state.Id,
            Agent = agent,
            Credential = "explain",
            Assurance = Assurances.Low,
            Task = new TaskStanding
            {
                Id = task,
                Root = task,
                Agent = agent.Id,
                Instance = InstanceId.New(time),
                Credential = "explain",
                Implicit = body is { OnBehalfOf: null, Purpose: null, Workflow: null },
                User = WhatIf(body.OnBehalfOf),
                Purpose = WhatIf(body.Purpose),
                Workflow = WhatIf(body.Workflow),
                OpenedAt = at,
            },
            Time = at,
            Door = Door.DecisionApi,
        };
        var request = governor.Assigned(new ActionRequest(DecisionId.New(time), state, facts, server, body.Tool, state.Tool(server, body.Tool), arguments, ConstraintKinds.All));
        var answer = Answer(await governor.ExplainAsync(request), request.Policy.Snapshot.Digest.ToHex(), arguments) with
        {
            Explained = [.. RuleExplainer.Explain(request).Take(MaxExplained)],
            Changes = await Counterfactuals.FindAsync(request, async changed => (await governor.ExplainAsync(changed)).Result),
        };
        return Results.Json(answer, StrictJson.Options);
    }

    private static Attested<string>? WhatIf(string? value) => value is null ? null : new Attested<string>(value, "what-if");

    private static ExplainAnswer Answer(Explanation explanation, string snapshot, Arguments asked)
    {
        var answer = new ExplainAnswer
        {
            Outcome = Outcome.Deny.Word(),
            Gates = [.. explanation.Gates.Select(g => new GateView(g.Gate, g.Passed ? "passed" : "refused"))],
            PointsNotAsked = explanation.NotAsked,
            FactsNotLookedUp = explanation.FactsNotLookedUp,
            Snapshot = snapshot,
        };
        return explanation.Result switch
        {
            GateResult.Permitted permitted => answer with
            {
                Outcome = (permitted.Constraints.IsEmpty ? Outcome.Allow : Outcome.AllowWithConstraints).Word(),
                Rules = permitted.Rules,
                Constraints = [.. permitted.Constraints.Items.Select(c => c.ToString())],
                EffectiveArguments = permitted.EffectiveArguments.Digest == asked.Digest ? null : permitted.EffectiveArguments.Value,
            },
            GateResult.Held held => answer with
            {
                Outcome = Outcome.RequireApproval.Word(),
                Code = ReasonCodes.ApprovalRequired.Code,
                Rules = held.Rules,
                Approvers = [.. held.Demand.Asks.SelectMany(a => a.Approvers).Select(a => a.ToString()!).Distinct()],
            },
            GateResult.Remedied remedied => answer with
            {
                Outcome = Outcome.Remediate.Word(),
                Code = ReasonCodes.SaferVariant.Code,
                Rules = remedied.Rules,
                Remedy = new RemedyView(remedied.Remedy.Tool, remedied.Remedy.Arguments.Value),
            },
            GateResult.Denied denied => answer with { Code = denied.Code.Code, Detail = denied.Detail, Rules = denied.Rules },
            _ => answer,
        };
    }
}
