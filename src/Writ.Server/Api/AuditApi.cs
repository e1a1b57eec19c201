using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Auditing;
using Writ.Governance.Records;
using Writ.Server.Installation;

namespace Writ.Server.Api;

/// <summary><c>GET /v1/agents/{id}/audit</c>: what an agent holds against what it used, of the records that the caller reads.</summary>
internal sealed class AuditApi(RecordIndexes indexes, ResourceNames resources, TimeProvider time)
{
    public void Map(RouteGroupBuilder people) => people.MapGet("/agents/{id}/audit", Audit);

    private IResult Audit(HttpContext http, string id)
    {
        if (http.FindAgent(id, time) is not { } agent)
            return AgentLookup.NoSuchAgent();
        var (caller, scope) = (http.Person(), http.Reads(time));
        if (!scope.Covers(agent.Id))
            return Problem.Of(ApiError.NotAllowed, "What an agent used is for those who read its records: its owners, its team, platform, security and compliance.").ToResult();
        var names = new RegistryNames(caller.Organization, resources, caller.Person, time.GetUtcNow());
        return PermissionAuditor.Make(caller.Organization, agent, indexes.Of(caller.Organization.Id), scope, names, time.GetUtcNow(), out var refused) is { } audit
            ? Results.Json(AuditAnswer.Of(audit), StrictJson.Options)
            : RecordsApi.Refuse(http, refused!);
    }
}
