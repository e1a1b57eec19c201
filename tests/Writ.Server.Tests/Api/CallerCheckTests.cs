using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Writ.Server.Api;

namespace Writ.Server.Tests.Api;

public sealed class CallerCheckTests
{
    // What each route serves. A route that is not here fails the test below: say who may come, here and in Routes.
    private static readonly Dictionary<string, string> Serves = new(StringComparer.Ordinal)
    {
        ["POST /v1/agents"] = "people",
        ["GET /v1/agents"] = "people",
        ["GET /v1/agents/{id}"] = "people",
        ["GET /v1/shadow-agents"] = "people",
        ["POST /v1/shadow-agents/{id}/register"] = "people",
        ["POST /v1/shadow-agents/{id}/dismiss"] = "people",
        ["POST /v1/enrolments"] = "people",
        ["GET /v1/enrolments"] = "people",
        ["POST /v1/enrolments/{id}/withdraw"] = "people",
        ["POST /v1/enrol"] = "enrolling",
        ["POST /v1/agents/{id}/suspend"] = "people",
        ["POST /v1/agents/{id}/activate"] = "people",
        ["POST /v1/agents/{id}/retire"] = "people",
        ["POST /v1/agents/{id}/transfer"] = "people",
        ["POST /v1/agents/{id}/transfer/accept"] = "people",
        ["POST /v1/agents/{id}/transfer/decline"] = "people",
        ["PUT /v1/agents/{id}/backup-owner"] = "people",
        ["PUT /v1/agents/{id}/ceiling"] = "people",
        ["GET /v1/agents/{id}/trust"] = "people",
        ["GET /v1/agents/{id}/audit"] = "people",
        ["PUT /v1/agents/{id}/visibility"] = "people",
        ["POST /v1/agents/{id}/consents"] = "people",
        ["POST /v1/agents/{id}/consents/{consent}/accept"] = "people",
        ["POST /v1/agents/{id}/consents/{consent}/withdraw"] = "people",
        ["POST /v1/agents/import"] = "people",
        ["POST /v1/agents/import-card"] = "people",
        ["GET /v1/reviews"] = "people",
        ["PUT /v1/reviews/grace"] = "people",
        ["POST /v1/agents/{id}/reviews"] = "people",
        ["GET /.well-known/ai-catalog.json"] = "anyone",
        ["GET /v1/servers/{slug}/server.json"] = "people",
        ["POST /v1/agents/{id}/clone"] = "people",
        ["GET /v1/agents/{id}/card"] = "people",
        ["PUT /v1/agents/{id}/card"] = "people",
        ["GET /v1/agents/{id}/versions"] = "people",
        ["POST /v1/agents/{id}/versions"] = "people",
        ["POST /v1/agents/{id}/versions/{name}/deploy"] = "people",
        ["PUT /v1/agents/{id}/grants"] = "people",
        ["POST /v1/agents/{id}/grants/stage"] = "people",
        ["POST /v1/agents/{id}/grants/restore"] = "people",
        ["PUT /v1/people/{person}/tools"] = "people",
        ["POST /v1/agents/{id}/keys"] = "people",
        ["DELETE /v1/agents/{id}/keys/{keyId}"] = "people",
        ["POST /v1/agents/{id}/delegations"] = "people",
        ["GET /v1/delegations"] = "people",
        ["POST /v1/delegations/revoke"] = "people",
        ["GET /v1/agents/{id}/credentials"] = "people",
        ["POST /v1/agents/{id}/credentials"] = "people",
        ["POST /v1/agents/{id}/credentials/{credential}/rotate"] = "people",
        ["POST /v1/agents/{id}/credentials/{credential}/revoke"] = "people",
        ["GET /v1/user-issuers"] = "people",
        ["POST /v1/user-issuers"] = "people",
        ["POST /v1/user-issuers/{name}/remove"] = "people",
        ["GET /v1/trust-domains"] = "people",
        ["POST /v1/trust-domains"] = "people",
        ["POST /v1/trust-domains/{domain}/remove"] = "people",
        ["POST /v1/trust-domains/authorities"] = "people",
        ["POST /v1/trust-domains/authorities/{thumbprint}/retire"] = "people",
        ["GET /o/{organization}/bundle"] = "anyone",
        ["GET /.well-known/oauth-authorization-server/o/{organization}"] = "anyone",
        ["GET /o/{organization}/oauth/keys"] = "anyone",
        ["GET /o/{organization}/status/{number}"] = "anyone",
        ["POST /o/{organization}/oauth/token"] = "anyone",
        ["GET /.well-known/http-message-signatures-directory"] = "anyone",
        ["POST /v1/svids"] = "agents",
        ["POST /v1/svids/jwt"] = "agents",
        ["POST /v1/servers"] = "people",
        ["GET /v1/servers"] = "people",
        ["POST /v1/bundles"] = "people",
        ["POST /v1/bundles/lint"] = "people",
        ["GET /v1/bundles"] = "people",
        ["GET /v1/bundles/{name}"] = "people",
        ["POST /v1/bundles/{name}/rollback"] = "people",
        ["POST /v1/bundles/{name}/confirm"] = "people",
        ["POST /v1/bundles/{name}/decline"] = "people",
        ["POST /v1/bundles/{name}/acknowledge"] = "people",
        ["GET /v1/proposals"] = "people",
        ["GET /v1/publisher-keys"] = "people",
        ["POST /v1/publisher-keys"] = "people",
        ["POST /v1/publisher-keys/{id}/revoke"] = "people",
        ["POST /v1/publisher-keys/require"] = "people",
        ["POST /v1/bundles/shadow"] = "people",
        ["GET /v1/bundles/{name}/shadow"] = "people",
        ["POST /v1/bundles/{name}/canary"] = "people",
        ["POST /v1/bundles/{name}/promote"] = "people",
        ["POST /v1/bundles/{name}/withdraw"] = "people",
        ["GET /v1/approvals"] = "people",
        ["GET /v1/approvals/{id}"] = "people",
        ["POST /v1/approvals/{id}/approve"] = "people",
        ["POST /v1/approvals/{id}/reject"] = "people",
        ["POST /v1/feeds"] = "people",
        ["GET /v1/feeds"] = "people",
        ["POST /v1/feeds/{name}/remove"] = "people",
        ["POST /v1/decision-points"] = "people",
        ["GET /v1/decision-points"] = "people",
        ["POST /v1/decision-points/{name}/remove"] = "people",
        ["POST /v1/enforcement-points"] = "people",
        ["POST /v1/enforcement-points/{name}/entities"] = "people",
        ["POST /v1/explain"] = "people",
        ["GET /v1/schema"] = "people",
        ["GET /v1/people"] = "people",
        ["POST /v1/people"] = "people",
        ["DELETE /v1/people/{person}"] = "people",
        ["POST /v1/people/{person}/capabilities/give"] = "people",
        ["POST /v1/people/{person}/capabilities/take"] = "people",
        ["POST /v1/people/{person}/return"] = "people",
        ["GET /v1/duties"] = "people",
        ["GET /v1/directories"] = "people",
        ["POST /v1/directories"] = "people",
        ["POST /v1/directories/{id}/revoke"] = "people",
        ["POST /v1/teams/{team}/directory"] = "people",
        ["POST /v1/teams/{team}/directory/release"] = "people",
        ["POST /v1/people/{person}/directory"] = "people",
        ["GET /scim/v2/Users"] = "directories",
        ["POST /scim/v2/Users"] = "directories",
        ["GET /scim/v2/Users/{id}"] = "directories",
        ["PUT /scim/v2/Users/{id}"] = "directories",
        ["PATCH /scim/v2/Users/{id}"] = "directories",
        ["DELETE /scim/v2/Users/{id}"] = "directories",
        ["GET /scim/v2/Groups"] = "directories",
        ["POST /scim/v2/Groups"] = "directories",
        ["GET /scim/v2/Groups/{id}"] = "directories",
        ["PUT /scim/v2/Groups/{id}"] = "directories",
        ["PATCH /scim/v2/Groups/{id}"] = "directories",
        ["DELETE /scim/v2/Groups/{id}"] = "directories",
        ["GET /scim/v2/ServiceProviderConfig"] = "directories",
        ["GET /scim/v2/ResourceTypes"] = "directories",
        ["GET /scim/v2/ResourceTypes/{name}"] = "directories",
        ["GET /scim/v2/Schemas"] = "directories",
        ["GET /scim/v2/Schemas/{id}"] = "directories",
        ["POST /v1/people/{person}/invite"] = "people",
        ["GET /v1/people/{person}/invitations"] = "people",
        ["DELETE /v1/people/{person}/invitations/{id}"] = "people",
        ["GET /v1/people/{person}/login"] = "people",
        ["POST /v1/people/{person}/passkeys/{id}/revoke"] = "people",
        ["POST /v1/people/{person}/sessions/end"] = "people",
        ["GET /v1/people/{person}/tokens"] = "people",
        ["POST /v1/people/{person}/tokens"] = "people",
        ["POST /v1/people/{person}/tokens/{id}/revoke"] = "people",
        ["GET /tokens"] = "anyone",
        ["GET /login/tokens.js"] = "anyone",
        ["GET /v1/openid-providers"] = "people",
        ["POST /v1/openid-providers"] = "people",
        ["POST /v1/openid-providers/{name}/remove"] = "people",
        ["POST /v1/people/{person}/links"] = "people",
        ["POST /v1/people/{person}/links/remove"] = "people",
        ["GET /o/{organization}/login"] = "anyone",
        ["GET /o/{organization}/login/{provider}"] = "anyone",
        ["GET /o/{organization}/login/{provider}/callback"] = "anyone",
        ["POST /o/{organization}/login/{provider}/logout"] = "anyone",
        ["POST /v1/presence"] = "people",
        ["GET /v1/login"] = "people",
        ["POST /v1/logout"] = "people",
        ["POST /v1/enrolment/options"] = "invited",
        ["POST /v1/enrolment"] = "invited",
        ["POST /v1/login/options"] = "anyone",
        ["POST /v1/login"] = "anyone",
        ["GET /login"] = "anyone",
        ["GET /enroll"] = "anyone",
        ["GET /confirm"] = "anyone",
        ["GET /login/writ.css"] = "anyone",
        ["GET /login/passkeys.js"] = "anyone",
        ["GET /login/login.js"] = "anyone",
        ["GET /login/enroll.js"] = "anyone",
        ["GET /login/confirm.js"] = "anyone",
        ["GET /v1/teams"] = "people",
        ["POST /v1/teams"] = "people",
        ["POST /v1/teams/{team}/join"] = "people",
        ["POST /v1/teams/{team}/leave"] = "people",
        ["GET /v1/records/schema"] = "people",
        ["POST /v1/erasures"] = "people",
        ["GET /v1/erasures"] = "people",
        ["POST /v1/erasures/{id}/confirm"] = "people",
        ["POST /v1/erasures/{id}/decline"] = "people",
        ["GET /v1/kills"] = "people",
        ["POST /v1/kills"] = "people",
        ["POST /v1/kills/{id}/lift"] = "people",
        ["GET /v1/restoration"] = "people",
        ["POST /v1/restoration/confirm"] = "people",
        ["POST /v1/restoration/keys/{keyId}"] = "people",
        ["POST /v1/holds"] = "people",
        ["GET /v1/holds"] = "people",
        ["POST /v1/holds/{name}/lift"] = "people",
        ["GET /v1/decisions/{id}/payload"] = "people",
        ["GET /v1/retention"] = "people",
        ["PUT /v1/retention"] = "people",
        ["GET /v1/ledger"] = "people",
        ["POST /v1/ledger/checkpoint"] = "people",
        ["GET /log/keys"] = "people",
        ["GET /metrics"] = "people",
        ["GET /log/{log}/checkpoint"] = "people",
        ["GET /log/{log}/checkpoint/latest"] = "people",
        ["GET /log/{log}/tile/{**path}"] = "people",
        ["GET /v1/records"] = "people",
        ["GET /v1/records/{index}/payload"] = "people",
        ["GET /v1/records/tail"] = "people",
        ["GET /v1/decisions"] = "people",
        ["GET /v1/decisions/{id}"] = "people",
        ["GET /v1/escalations/{token}"] = "people",
        ["POST /v1/decisions/{id}/effect"] = "points",
        ["POST /v1/tasks"] = "people agents points",
        ["* /mcp"] = "agents",
        ["* /mcp/{server}"] = "agents",
        ["POST /otlp/v1/traces"] = "agents points",
        ["POST /access/v1/evaluation"] = "points",
        ["POST /access/v1/evaluations"] = "points",
        ["GET /access/v1/requests/{id}"] = "points",
        ["POST /access/v1/search/action"] = "points",
        ["POST /access/v1/search/resource"] = "points",
        ["POST /access/v1/search/subject"] = "points",
        ["GET /.well-known/authzen-configuration"] = "anyone",
        ["GET /healthz"] = "anyone",
        ["GET /readyz"] = "anyone",
    };

    // Where a known caller of the wrong kind is told so; doors answer as their wire format does.
    private static readonly string[] Ours = ["/v1", "/log", "/metrics", "/scim"];

    [Fact]
    public async Task Every_route_has_a_rule_and_stands_in_the_table()
    {
        await using var writ = await RunningServer.StartAsync();
        Assert.All(writ.Server.Endpoints, route => Assert.NotNull(route.Metadata.GetMetadata<AccessRule>()));
        Assert.Equal(Serves.Keys.Order(StringComparer.Ordinal), writ.Server.Endpoints.Select(Named).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task T50_every_route_refuses_every_caller_it_does_not_serve_before_it_reads_the_body()
    {
        await using var writ = await RunningServer.StartAsync();
        var (id, agent) = await writ.AgentAsync();
        var tokens = new Dictionary<string, string?>
        {
            [""] = null,
            ["garbage"] = "agk_garbage",
            ["forged"] = agent[..^1] + (agent[^1] == 'A' ? 'B' : 'A'),
            ["people"] = writ.Person,
            ["agents"] = agent,
            ["points"] = await writ.PointAsync(id),
            ["directories"] = (await writ.SendAsync("POST", "/v1/directories", writ.Person, """{"label":"corp"}""")).Body!["token"]!.GetValue<string>(),
            ["invited"] = File.ReadAllText(Path.Combine(writ.Folder, "config", "administrator.enrolment")).Trim(),
        };
        var (_, offered, _) = await writ.SendAsync("POST", "/v1/enrolments", writ.Person, """{"reason":"x"}""");
        tokens["enrolling"] = offered!["token"]!.GetValue<string>();
        foreach (var (route, serves) in Serves.Where(r => r.Value != "anyone"))
        {
            var (method, path) = route.Split(' ') is [var m, var p] ? (m == "*" ? "POST" : m, Regex.Replace(p, @"\{\**\w+\}", id)) : throw new InvalidOperationException();
            foreach (var (kind, token) in tokens)
            {
                if (method == "GET" && serves.Contains(kind, StringComparison.Ordinal) && kind != "")
                    continue;
                var (status, _, response) = await writ.SendAsync(method, path, token, method == "GET" ? null : "{ not json");
                var served = kind != "" && serves.Split(' ').Contains(kind);
                var isKnown = kind is "people" or "agents" or "points" or "invited" or "directories" or "enrolling";
                var expected = served ? "anything" : isKnown && Ours.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) ? "403" : "401";
                if (served)
                    Assert.True(status is not (401 or 403 or >= 500), $"{route} answers {status} to {kind}");
                else
                    Assert.True(status.ToString() == expected || status == 429, $"{route} answers {status} to '{kind}', not {expected}");
                if (status == 401)
                    Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            }
        }
    }

    [Fact]
    public async Task Nobody_unknown_has_a_body_read()
    {
        await using var writ = await RunningServer.StartAsync();
        var answer = await writ.RawAsync("POST /v1/bundles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n\r\n", until: "\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer);
    }

    private static string Named(RouteEndpoint route) =>
        $"{(route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods.Single() : "*")} /{route.RoutePattern.RawText!.TrimStart('/')}";
}
