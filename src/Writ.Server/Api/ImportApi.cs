using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Crypto.Hashing;
using Writ.Governance.Controls;
using Writ.Governance.Imports;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary><c>POST /v1/agents/import</c>: a list of agents as JSON lines, all of which become drafts, or none.</summary>
internal sealed class ImportApi(ControlService controls, RegistryHolder registry, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapPost("/agents/import", (Delegate)ImportAsync).WithMetadata(new BodyLimit(ImportReader.MaxBytes));

    private async Task<IResult> ImportAsync(HttpContext http)
    {
        var caller = http.Person();
        if (http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not ("application/jsonl" or "application/x-ndjson"))
            return Problem.Of(ApiError.WrongMediaType, "The body is application/jsonl: one agent a line.").ToResult();
        using var list = new MemoryStream();
        await http.Request.Body.CopyToAsync(list, http.RequestAborted);
        var bytes = list.GetBuffer().AsSpan(0, (int)list.Length);
        var (agents, problems) = ImportReader.Read(bytes, caller, time);
        if (problems.Length > 0)
            return Refused(problems);
        var digest = Hash256.Of(bytes).ToHex();
        ImmutableArray<(int Line, string Problem)> taken = [];
        var known = 0;
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence,
            state =>
            {
                var plan = ImportPlan.Of(state!, digest, agents, out taken);
                known = agents.Length - plan.Actions.OfType<AgentsImported>().Sum(action => action.Agents.Length);
                return plan;
            },
            http.RequestAborted);
        if (outcome is ControlOutcome.Invalid && taken.Length > 0)
            return Refused([.. taken.Take(ImportReader.MaxProblems).Select(one => new ImportProblem(one.Line, one.Problem))]);
        if (outcome is ControlOutcome.NotRecorded failed)
            return Problem.Of(ApiError.NotRecorded, $"The ledger did not take all of the list; send the same list again, and it goes on where it ended: {failed.Fault}").ToResult();
        if (outcome.Error() is { } error)
            return error;
        var state = registry.Current.Organizations[caller.Organization.Id];
        return Results.Json(
            new ImportAnswer(agents.Length, known, digest, [.. agents.Select(one => new ImportedView(one.Line, state.AgentsByName[one.Agent.Name], one.Agent.Name))]), StrictJson.Options, statusCode: 201);
    }

    private static IResult Refused(ImmutableArray<ImportProblem> problems) =>
        (Problem.Of(ApiError.ImportRefused, $"Nothing was imported. Line {problems[0].Line}: {problems[0].Detail}{(problems.Length > 1 ? $", and {problems.Length - 1} more" : "")}.") with { Lines = problems }).ToResult();
}
