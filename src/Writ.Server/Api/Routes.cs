using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Writ.Gateways.AuthZen;
using Writ.Gateways.Mcp;
using Writ.Gateways.Otlp;
using Writ.Gateways.WebBotAuth;
using Writ.Server.Archiving;
using Writ.Server.Configuration;
using Writ.Server.Feeds;
using Writ.Server.Installation;
using Writ.Server.Login;
using Writ.Server.Metrics;
using Writ.Server.OAuth;
using Writ.Server.OpenId;
using Writ.Server.Scim;
using Writ.Server.Scrubbing;
using Writ.Server.Telemetry;
using Writ.Server.Witnessing;

namespace Writ.Server.Api;

/// <summary>Every path Writ serves and who may come there, in one place. What is not here is a 404.</summary>
internal static class Routes
{
    /// <summary>Maps the routes. <paramref name="address"/> is asked when a request comes, after the port is known.</summary>
    public static void Map(
        IEndpointRouteBuilder application, ServerOptions options, OpenInstallation installation, McpParts mcp, WitnessParts witnesses, ScrubParts scrub,
        ArchiveParts archive, RecordIndexes indexes, FeedHost feeds, TelemetryExport export, LoginParts login, Func<Uri> address, TimeProvider time)
    {
        var services = installation.Services;
        time = services.Clock.Steady;
        RouteGroupBuilder Group(string prefix, AccessRule rule) => application.MapGroup(prefix).WithMetadata(rule);

        var people = Group("/v1", new AccessRule.Callers(CallerKinds.People));
        new AgentsApi(services.Controls, services.Registry, services.Credentials, mcp.Connections, time).Map(people);
        new OwnershipApi(services.Controls, services.Registry, time).Map(people);
        new EnrolmentsApi(services.Controls, services.Registry, services.Credentials, services.TrustDomainNames, services.Admission, time).Map(people, Group("/v1", new AccessRule.Callers(CallerKinds.Enrolling)));
        new ShadowAgentsApi(services.Controls, services.Registry, services.Shadows, time).Map(people);
        new AuditApi(services.Controls, services.Registry, indexes, services.Resources, time).Map(people);
        new ConsentsApi(services.Controls, services.Registry, time).Map(people);
        new ReviewsApi(services.Controls, services.Registry, time).Map(people);
        new ImportApi(services.Controls, services.Registry, time).Map(people);
        new CloneApi(services.Controls, services.Registry, time).Map(people);
        new CardsApi(services.Controls, services.Registry, time).Map(people);
        new CredentialsApi(services.Controls, services.Registry, services.TrustDomainNames, services.DidDocuments, mcp.Connections, time).Map(people);
        new VersionsApi(services.Controls, services.Registry, time).Map(people);
        new DelegationsApi(services.Controls, services.Delegations, time).Map(people);
        new TrustApi(services.Trust, time).Map(people);
        new ServersApi(services.Controls, services.Registry, services.ToolObservation, mcp.Connections).Map(people);
        new BundlesApi(services.Controls, services.Registry, services.Publisher).Map(people);
        new PublisherKeysApi(services.Controls, services.Registry).Map(people);
        new ProposalsApi(services.Registry, services.Publisher, time).Map(people);
        new CandidatesApi(services.Controls, services.Registry, services.Trials, services.Publisher, services.CanaryPublication).Map(people);
        new ApprovalsApi(services.ApprovalBoard, services.Approvals, services.Archive, time).Map(people);
        new TeamsApi(services.Controls, services.Registry).Map(people);
        new PeopleApi(services.Controls, services.Registry, services.Credentials, services.DirectoryUsers, time).Map(people);
        new WaysInApi(services.Controls, services.Registry, services.Credentials, address, time).Map(people);
        new TokensApi(services.Controls, services.Registry, services.Credentials, services.Authenticator, services.Clock.Later).Map(people);
        new PresenceApi(login.Ceremonies).Map(people);
        new DirectoriesApi(services.Controls, services.Registry, services.Credentials, services.DirectoryUsers, services.Authenticator, address, time).Map(people);
        var directories = Group("/scim/v2", new AccessRule.Callers(CallerKinds.Directories));
        ScimDiscoveryApi.Map(directories);
        new ScimUsersApi(services.Controls, services.Registry, services.DirectoryUsers, time).Map(directories);
        new ScimGroupsApi(services.Controls, services.Registry, time).Map(directories);
        var logins = new LoginApi(login.Ceremonies, login.Copied, login.Logins, services.Admission);
        logins.MapPeople(people);
        logins.MapAnyone(Group("/v1", new AccessRule.Anyone()));
        new EnrolmentApi(services.Controls, login.Ceremonies, login.Logins, services.Admission).Map(Group("/v1", new AccessRule.Callers(CallerKinds.Invited)));
        new EnforcementPointsApi(services.Controls, services.Credentials).Map(people);
        new DecisionPointsApi(services.Controls, services.Registry, services.PointGuards, services.PointSecrets).Map(people);
        new ExplainApi(services.Governor, time).Map(people);
        RecordSchemaApi.Map(people);
        new LedgerApi(installation, witnesses, scrub, archive, installation.LogDomain).Map(people);
        new RecordsApi(indexes, installation.Decisions, services.Resources, time).Map(people);
        new TelemetryApi(services.DecisionLog, services.Sealer, time).Map(people);
        new TailApi(indexes, services.Resources, services.Authenticator, new TailSeats(), time, application.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).Map(people);
        new FeedsApi(services.Controls, services.Registry, feeds, time).Map(people);
        new ErasuresApi(services.Erasures, services.Registry, time).Map(people);
        new KillsApi(services.Controls, services.Registry, time).Map(people);
        new RestorationApi(services.Controls, services.Registry, time).Map(people);
        new HoldsApi(services.Controls, services.Registry, services.Sealer, time).Map(people);
        new RetentionApi(services.Controls, services.Registry, time).Map(people);
        new DecisionsApi(services.Archive, services.DecisionLog, indexes, services.Resources, services.Dispatches, services.Settlement, time)
            .Map(people, Group("/v1", new AccessRule.Callers(CallerKinds.EnforcementPoints)));
        new TasksApi(services.Tasks, login.Users, time).Map(Group("/v1", new AccessRule.Callers(CallerKinds.People | CallerKinds.Agents | CallerKinds.EnforcementPoints)));

        new LogApi(installation, witnesses, installation.LogDomain, time).Map(Group("/log", new AccessRule.Callers(CallerKinds.People)));
        new MetricsApi(
        [
            new ProcessMetrics(options.DataFolder, services.Clock, time),
            new LedgerMetrics(installation, witnesses),
            new SegmentMetrics(scrub, archive),
            new DecisionMetrics(services.Meters, services.Dispatches, services.ApprovalBoard),
            new AdmissionMetrics(services.Admission),
            new ErasureMetrics(services.Registry, time),
            new FeedMetrics(services.Registry, feeds),
            new ExportMetrics(export),
        ]).Map(Group("", new AccessRule.Callers(CallerKinds.People)));

        var doors = Group("", new AccessRule.Door());
        doors.MapMcp(mcp.Door);
        doors.MapOtlp(new OtlpDoor(services.Authenticator, services.Admission, services.Telemetry));
        doors.MapAuthZen(new AuthZenDoor(services.Authenticator, services.Admission, services.Intake, services.Governor, services.ApprovalBoard, services.Shadows));

        var anyone = Group("", new AccessRule.Anyone());
        new TrustDomainsApi(services.Controls, services.Registry, services.AuthorityKeys, services.TrustDomainNames, time).Map(people, anyone);
        new CatalogApi(options.TrustDomain, address).Map(people, anyone);
        new SvidsApi(services.AuthorityKeys, services.TrustDomainNames, time).Map(Group("/v1", new AccessRule.Callers(CallerKinds.Agents)));
        anyone.MapAuthZenMetadata(address);
        var clients = new OAuthClients(services.Issuers, services.Assertions, services.Svids, services.Proofs, services.Nonces);
        var statuses = new CredentialStatuses(services.Issuers, services.AuthorityKeys, services.Clock.Later);
        var tokens = new TokenEndpoint(services.Registry, services.Issuers, clients, login.Users, statuses, services.AuthorityKeys, services.TrustDomainNames, services.Admission, services.Clock.Later);
        new UserIssuersApi(services.Controls, services.Registry, time).Map(people);
        new OAuthApi(services.Registry, services.Issuers, tokens, statuses).Map(anyone);
        anyone.MapKeyDirectory(services.RequestSigner);
        LoginPages.Map(anyone);
        var openId = new OpenIdApi(services.Controls, services.Registry, login.OpenId, services.Admission);
        openId.MapPeople(people);
        openId.MapAnyone(anyone);
        anyone.MapGet("/healthz", () => Results.Text("ok\n"));
        anyone.MapGet("/readyz", () => Ready(installation, scrub));
    }

    /// <summary>
    /// Ready to decide: keys, state and policy were read before the port was opened, and both ledgers take records. The cause is for the log.
    /// Damage in an old segment is said and stops nothing: new records are as durable as before, and a refusal would mend none.
    /// </summary>
    private static IResult Ready(OpenInstallation installation, ScrubParts scrub) =>
        installation.Decisions.Fence is null && installation.Control.Fence is null
            ? Results.Text(scrub.HasDamage ? "ready, and old segments are damaged (WRIT2100)\n" : "ready\n")
            : Results.Text("not ready: a ledger takes no records\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
