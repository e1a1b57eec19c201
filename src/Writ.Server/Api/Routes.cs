using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Gateways.AuthZen;
using Writ.Gateways.Mcp;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary>Every path Writ serves, in one place. What is not here is a 404.</summary>
internal static class Routes
{
    public static void Map(WebApplication application, ServerOptions options, OpenInstallation installation, McpParts mcp, TimeProvider time)
    {
        var services = installation.Services;
        RouteGroupBuilder Group(CallerKinds kinds)
        {
            var group = application.MapGroup("/v1");
            group.AddEndpointFilter(new CallerFilter(services.Authenticator, services.Admission, kinds));
            return group;
        }

        var people = Group(CallerKinds.People);
        new AgentsApi(services.Controls, services.Registry, services.Credentials, mcp.Connections, time).Map(people);
        new ServersApi(services.Controls, services.Registry, services.ToolObservation, mcp.Connections).Map(people);
        new BundlesApi(services.Controls, services.Registry).Map(people);
        new ApprovalsApi(services.ApprovalBoard, services.Approvals, services.Archive).Map(people);
        new EnforcementPointsApi(services.Controls, services.Credentials).Map(people);
        new ExplainApi(services.Governor, time).Map(people);
        new LedgerApi(installation, options.TrustDomain, installation.VerifierKey).Map(people);
        new DecisionsApi(services.Archive, services.Dispatches, services.Settlement).Map(people, Group(CallerKinds.EnforcementPoints));
        new TasksApi(services.Tasks).Map(Group(CallerKinds.People | CallerKinds.Agents | CallerKinds.EnforcementPoints));

        var authZen = new AuthZenDoor(services.Authenticator, services.Admission, services.Intake, services.Governor);
        application.MapPost("/access/v1/evaluation", authZen.HandleAsync);
        application.MapGet("/.well-known/authzen-configuration", (HttpContext http) => Results.Text(
            $$"""{"policy_decision_point":"{{http.Request.Scheme}}://{{http.Request.Host}}","access_evaluation_endpoint":"{{http.Request.Scheme}}://{{http.Request.Host}}/access/v1/evaluation"}""",
            "application/json"));
        application.MapMcp(mcp.Door);
        application.MapGet("/healthz", () => Results.Text("ok\n"));
        application.MapGet("/readyz", () => installation.Decisions.Fence is { } fence
            ? Results.Text($"not ready: {fence}\n", statusCode: 503)
            : Results.Text("ready\n"));
    }
}
