using System.Text;
using Writ.Crypto.Hashing;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.NamedFacts;

/// <summary>
/// Writ itself as an agent, when it calls a tool for a fact: an identity of its own in each organization, given that one tool alone,
/// decided and recorded like any other.
/// </summary>
public static class FactAgent
{
    /// <summary>Its name, which policies can see.</summary>
    public const string Name = "writ-facts";

    /// <summary>Its version.</summary>
    public const string Version = "1";

    private const int ReadsAcrossDomains = 2;

    private static readonly TeamId Team = TeamId.Parse("writ");

    /// <summary>Whether a team is Writ's own, in which no other agent may be: what policies permit to it is permitted to Writ alone.</summary>
    public static bool Owns(TeamId team) => team == Team;

    /// <summary>Its id in an organization: it follows from the organization's name, for nobody registers it.</summary>
    public static AgentId IdIn(OrganizationId organization) =>
        new(new Guid(Hash256.Of(Encoding.UTF8.GetBytes($"writ facts {organization}")).Bytes[..16], bigEndian: true));

    /// <summary>The action of a look-up, in the task of the action that needs the fact. Nothing that its agent said goes along.</summary>
    public static ActionRequest Call(ActionRequest asker, Registry.OrganizationState now, Tool tool, Arguments arguments, TimeProvider time)
    {
        var agent = new Agent
        {
            Id = IdIn(now.Id),
            Organization = now.Id,
            Name = Name,
            Team = Team,
            Owner = PersonId.Parse("writ"),
            Version = Version,
            Environment = asker.Facts.Agent.Environment,
            Lifecycle = AgentLifecycle.Active,
            Ring = ReadsAcrossDomains,
            Grants = [new Grant(tool.Server, tool.Name)],
        };
        var facts = new Facts
        {
            Organization = now.Id,
            Agent = agent,
            Credential = Name,
            Assurance = asker.Facts.Assurance,
            Task = asker.Facts.Task with { Claims = Claims.None },
            Time = time.GetUtcNow(),
            Door = Door.FactLookup,
            Trace = asker.Facts.Trace,
            Session = asker.Facts.Session,
        };
        // No constraint is enforced on the way of a look-up: one that applies denies it.
        return new ActionRequest(DecisionId.New(time), now, facts, tool.Server, tool.Name, tool, arguments, new HashSet<string>());
    }
}
