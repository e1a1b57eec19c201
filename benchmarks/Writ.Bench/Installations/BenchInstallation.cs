using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Tools;
using Writ.Identity.Tokens;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Bench.Installations;

/// <summary>
/// A real installation in a folder of its own under the temporary folder (<c>TMPDIR</c>): ledgers, vault, keys, one agent, the
/// <see cref="Desk"/>. Removed afterwards.
/// </summary>
internal sealed class BenchInstallation : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("writ-bench-").FullName;

    public string Root => _root;

    public Agent Agent { get; } = new()
    {
        Id = AgentId.New(TimeProvider.System),
        Organization = OpenInstallation.Default,
        Name = "bench",
        Team = TeamId.Parse("desk"),
        Owner = PersonId.Parse("administrator"),
        Version = "1",
        Environment = "staging", // production asks for a second person and for bounds that a load test would reach
        Lifecycle = AgentLifecycle.Active,
        Grants = [new Grant(Desk.Slug, Grant.EveryTool)],
    };

    /// <summary>The key of the agent, then that of the enforcement point that asks for it.</summary>
    public (IssuedCredential Agent, IssuedCredential Point) Keys { get; private set; }

    public ServerOptions Options => OptionsOf(_root);

    /// <summary>Rates that a load test does not run into, and no floor beside the policies that are measured; everything else as it is by default.</summary>
    public static ServerOptions OptionsOf(string root) => ServerOptions.In(Path.Combine(root, "data"), Path.Combine(root, "config")) with
    {
        Listen = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0),
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning,
        Floor = false,
        Limits = new LimitSettings
        {
            Admission = new AdmissionSettings
            {
                RatePerCredential = 10_000_000,
                RatePerOrganization = 10_000_000,
                ConcurrentPerCredential = 4_096,
                ConcurrentPerOrganization = 4_096,
            },
        },
    };

    /// <summary>Opens it; the caller disposes what it gets.</summary>
    public async Task<OpenInstallation> OpenAsync()
    {
        var (installation, fault) = await OpenInstallation.OpenAsync(Options, TimeProvider.System, CancellationToken.None);
        return installation ?? throw new InvalidOperationException(fault!.Message);
    }

    /// <summary>Makes the installation and everything in it.</summary>
    public async Task<OpenInstallation> MakeAsync()
    {
        var installation = await OpenAsync();
        var services = installation.Services;
        Keys = (services.Credentials.Issue(TokenKind.AgentKey), services.Credentials.Issue(TokenKind.EnforcementPointKey));
        await TakeAsync(services, _ => ControlPlan.Take(
            new AgentRegistered(Agent),
            new AgentKeyIssued(Agent.Id, Keys.Agent.KeyId, Keys.Agent.SecretHash, Keys.Agent.ExpiresAt),
            new ServerRegistered(Desk.Server(OpenInstallation.Default)),
            new EnforcementPointRegistered("bench", Keys.Point.KeyId, Keys.Point.SecretHash, [Agent.Id], [], [.. ConstraintKinds.All])));
        if (await services.ToolObservation.ObserveAsync(OpenInstallation.Default, Desk.Slug, Desk.Definitions(), CancellationToken.None) is { } fault)
            throw new InvalidOperationException(fault);
        await TakeAsync(services, _ => BundlePublication.Plan(Desk.Bundle(), PublicationGround.Solo));
        return installation;
    }

    /// <summary>One call, as the MCP door makes it.</summary>
    public ActionCall Call(Services services, int number)
    {
        var state = services.Registry.Current.Organizations[OpenInstallation.Default];
        return new ActionCall
        {
            Caller = new Caller.AgentCaller(state, Keys.Agent.KeyId, state.Agents[Agent.Id]),
            Agent = state.Agents[Agent.Id],
            Door = Door.Mcp,
            Server = Desk.Slug,
            Tool = Desk.Tool(number),
            Arguments = ((ArgumentsReading.Read)Arguments.Parse(System.Text.Encoding.UTF8.GetBytes(Desk.Arguments(number)))).Arguments,
            Enforceable = ConstraintKinds.All,
        };
    }

    /// <summary>Decides one call as the MCP door would.</summary>
    public async Task<Decision.Permitted> DecideAsync(Services services, int number)
    {
        var (request, refusal) = await services.Intake.MakeAsync(Call(services, number));
        var decision = await services.Governor.DecideAsync(request ?? throw new InvalidOperationException(refusal!.Code));
        return decision as Decision.Permitted ?? throw new InvalidOperationException(decision.ToString());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task TakeAsync(Services services, Func<Governance.Registry.OrganizationState?, ControlPlan> plan)
    {
        var outcome = await services.Controls.TakeAsync(
            OpenInstallation.Default, PersonId.Parse("administrator"), Presence.BootstrapToken, plan, CancellationToken.None);
        if (outcome is not ControlOutcome.Done)
            throw new InvalidOperationException(outcome.ToString());
    }
}
