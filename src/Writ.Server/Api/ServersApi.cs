using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary><c>/v1/servers</c>: which servers there are, and what people confirmed about their tools.</summary>
internal sealed class ServersApi(ControlService controls, RegistryHolder registry, ToolObservation observation, IServerConnections connections)
{
    public void Map(RouteGroupBuilder people)
    {
        people.MapPost("/servers", RegisterAsync).WithMetadata(BodyLimit.Documents);
        people.MapGet("/servers", (HttpContext http) =>
            Results.Json(new ServerList([.. http.Person().Organization.ServersBySlug.Values.Select(ServerView.Of)]), StrictJson.Options));
    }

    private async Task<IResult> RegisterAsync(HttpContext http, ServerBody body)
    {
        var caller = http.Person();
        if (Read(body, caller, out var obstacle) is not { } server)
            return Problem.Of(ApiError.Malformed, obstacle).ToResult();
        var outcome = await controls.TakeAsync(
            caller.Organization.Id, caller.Person.Id, caller.Presence, _ => ControlPlan.Take(new ServerRegistered(server)), http.RequestAborted);
        if (outcome.Error() is { } error)
            return error;

        var fault = await AdmitToolsAsync(caller, server, body, http.RequestAborted);
        var view = ServerView.Of(registry.Current.Organizations[caller.Organization.Id].Server(server.Slug)!);
        return Results.Json(new ServerAnswer(view) { Fault = fault }, StrictJson.Options, statusCode: 201);
    }

    /// <summary>Why the tools could not be read yet; they are when the server is first reached. Null when they were.</summary>
    private async Task<string?> AdmitToolsAsync(Caller.PersonCaller caller, Governance.Tools.Server server, ServerBody body, CancellationToken cancellation)
    {
        IReadOnlyList<JsonElement>? shown = [.. body.Definitions];
        if (server.Connection is not ServerConnection.Declared)
        {
            (shown, var unread) = await connections.ListToolsAsync(server, cancellation);
            if (shown is null)
                return unread;
        }

        return await observation.ObserveAsync(caller.Organization.Id, server.Slug, shown, cancellation);
    }

    private static Governance.Tools.Server? Read(ServerBody body, Caller.PersonCaller caller, out string obstacle)
    {
        obstacle = "";
        if (!ServerSlug.TryParse(body.Slug, null, out var slug))
            obstacle = $"slug: {Governance.Organizations.Slug.Rule}";
        else if (body.Connection is not ServerConnection.Declared && body.Definitions.Length > 0)
            obstacle = "definitions: only a declared server brings its own; any other is asked for them";
        else if (body.Tools.FirstOrDefault(t => !ToolName.IsValid(t.Key)) is { Key: { } name })
            obstacle = $"tools: '{name}' is not 1 to 128 of A-Z a-z 0-9 _ - . /";
        else if (body.Tools.FirstOrDefault(t => t.Value.Incompleteness is not null) is { Key: { } tool, Value: { } incomplete })
            obstacle = $"tools.{tool}: {incomplete.Incompleteness}";
        else
        {
            return new Governance.Tools.Server
            {
                Organization = caller.Organization.Id,
                Slug = slug,
                Connection = body.Connection,
                Trusted = body.Trusted,
                Classifications = body.Tools,
            };
        }

        return null;
    }
}
