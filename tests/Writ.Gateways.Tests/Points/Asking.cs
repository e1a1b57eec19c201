using System.Collections.Immutable;
using System.Text;
using Writ.Gateways.Points;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Gateways.Tests.Points;

/// <summary>One question, put to whatever peer a test has.</summary>
internal static class Asking
{
    public static readonly OrganizationId Organization = OrganizationId.Parse("acme-x");

    public static DecisionPoint Point(int port, DecisionPointKind kind = DecisionPointKind.AuthZen) => new()
    {
        Name = "pdp-1",
        Kind = kind,
        Url = $"http://127.0.0.1:{port}/{(kind == DecisionPointKind.Opa ? "v1/data/agents/allow" : "access/v1/evaluation")}",
        AllowedAddresses = ["127.0.0.1"],
    };

    public static ValueTask<PointReply> AskAsync(this DecisionPoint point, string arguments = """{"amount":5}""", string? user = null, CancellationToken? cancellation = null, Func<string, string?>? environment = null) =>
        new HttpDecisionPoints(new PointSecrets(environment ?? (_ => null))).AskAsync(Question(point, arguments, user), cancellation ?? TestContext.Current.CancellationToken);

    public static PointQuestion Question(DecisionPoint point, string arguments, string? user = null)
    {
        var agent = new Agent
        {
            Id = AgentId.Parse("01990000-0000-7000-8000-000000000001"),
            Organization = Organization,
            Name = "helper \"one\"",
            Team = TeamId.Parse("support"),
            Owner = PersonId.Parse("ada"),
            Version = "7",
            Environment = "production",
            Lifecycle = AgentLifecycle.Active,
        };
        var task = new TaskId(agent.Id.Value);
        var facts = new Facts
        {
            Organization = Organization,
            Agent = agent,
            Credential = "a-credential",
            Assurance = "low",
            Task = new TaskStanding
            {
                Id = task, Root = task, Agent = agent.Id, Instance = new InstanceId(agent.Id.Value), Credential = "a-credential", Implicit = true, OpenedAt = DateTimeOffset.UnixEpoch,
                User = user is null ? null : new Attested<string>(user, "test"),
            },
            Time = DateTimeOffset.UnixEpoch,
            Door = Door.Mcp,
            Claims = new Claims("a-claim", null, null),
        };
        var desk = ServerSlug.Parse("desk");
        var tool = new Tool(desk, "pay", null, new ToolClassification { Effect = EffectClass.Money, Capability = "pay.out", RiskTags = ["none"] }, null, ToolStanding.Admitted.Instance);
        var state = new OrganizationState
        {
            Id = Organization,
            DisplayName = "Acme",
            Policy = new ActivePolicy(Organization, ImmutableSortedDictionary<string, PublishedBundle>.Empty, ImmutableSortedDictionary<string, Server>.Empty),
        };
        var read = Assert.IsType<ArgumentsReading.Read>(Arguments.Parse(Encoding.UTF8.GetBytes(arguments))).Arguments;
        var request = new ActionRequest(new DecisionId(agent.Id.Value), state, facts, desk, "pay", tool, read, ConstraintKinds.All);
        return new PointQuestion(point, request, read);
    }
}
