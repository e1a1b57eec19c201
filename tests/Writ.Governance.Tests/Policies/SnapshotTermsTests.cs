using System.Collections.Immutable;
using System.Text;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies;
using Writ.Governance.Registry;
using Writ.Governance.Replay;
using Writ.Governance.Tasks;
using Writ.Governance.Tests.Replay;
using Writ.Governance.Tools;

namespace Writ.Governance.Tests.Policies;

/// <summary>A snapshot keeps what agents and tools are in the language of policies; what it keeps must never outlive them.</summary>
public sealed class SnapshotTermsTests
{
    private static readonly Agent Bot = new()
    {
        Id = new AgentId(Guid.Parse("00000000-0000-7000-8000-000000000001")),
        Organization = ReplayWorld.Organization,
        Name = "bot",
        Team = TeamId.Parse("front"),
        Owner = PersonId.Parse("ann"),
        Version = "1",
        Environment = "staging",
    };

    [Theory]
    [InlineData("""context.environment == "staging" """)]
    [InlineData("""principal.trust > 400""")]
    [InlineData("""principal in Writ::Team::"front" """)]
    public void T06_an_agent_that_changed_is_judged_as_it_is_now(string condition)
    {
        var (state, tool) = State($"permit (principal, action, resource) when {{ {condition} }};");
        var changed = Bot with { Environment = "production", Trust = 1, Team = TeamId.Parse("back") };
        Assert.Equal(Outcome.Allow, Judge(state, Bot, tool));
        Assert.Equal(Outcome.Deny, Judge(state, changed, tool));
        Assert.Equal(Outcome.Allow, Judge(state, Bot, tool));
    }

    [Theory]
    [InlineData("""context.capability == "bank-west.balance" """)]
    [InlineData("""context.risk_tags.contains("none")""")]
    public void T06_a_tool_that_is_not_the_one_compiled_is_judged_as_it_is(string condition)
    {
        var (state, tool) = State($"permit (principal, action, resource) when {{ {condition} }};");
        var other = tool with { Classification = tool.Classification! with { Capability = "other", RiskTags = ["other"] } };
        Assert.Equal(Outcome.Allow, Judge(state, Bot, tool));
        Assert.Equal(Outcome.Deny, Judge(state, Bot, other));
        Assert.Equal(Outcome.Allow, Judge(state, Bot, tool));
    }

    private static (OrganizationState State, Tool Tool) State(string policy)
    {
        var state = new OrganizationState
        {
            Id = ReplayWorld.Organization,
            DisplayName = "Test",
            Policy = new ActivePolicy(ReplayWorld.Organization, ImmutableSortedDictionary<string, PublishedBundle>.Empty, ImmutableSortedDictionary<string, Server>.Empty),
        };
        var suite = NeutralCatalog.Read(Encoding.UTF8.GetBytes(Recording.Tools)).Suites[0];
        state = suite.Tools.Aggregate(state.Register(suite.Server), (known, tool) => known.Admit(tool));
        var bundle = Recording.Bundle(policy);
        state = state.Publish(new PublishedBundle("test", "1", bundle.Digest.ToHex(), bundle));
        return (state, state.Tool(suite.Server.Slug, "balance")!);
    }

    private static Outcome Judge(OrganizationState state, Agent agent, Tool tool)
    {
        var task = new TaskId(agent.Id.Value);
        var facts = new Facts
        {
            Organization = state.Id,
            Agent = agent,
            Credential = "key",
            Assurance = "low",
            Task = new TaskStanding { Id = task, Root = task, Agent = agent.Id, Instance = new InstanceId(agent.Id.Value), Credential = "key", Implicit = true, OpenedAt = default },
            Time = default,
            Door = Door.Mcp,
        };
        return state.Policy.Snapshot.Judge(facts, tool, Arguments.None).Outcome;
    }
}
