using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Credentials;
using Writ.Governance.Records;
using Writ.Governance.Trust;

namespace Writ.Server.Api;

/// <summary><c>GET /v1/agents/{id}/trust</c>: how far an agent is trusted, and why.</summary>
internal sealed class TrustApi(TrustBook trust, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapGet("/agents/{id}/trust", (HttpContext http, string id) => http.FindAgent(id, time) is { } agent
        ? Results.Json(TrustView.Of(agent, trust.Of(agent, Assurances.Low)), StrictJson.Options)
        : AgentLookup.NoSuchAgent());
}
