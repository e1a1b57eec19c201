using Writ.Governance.Agents;
using Writ.Governance.Organizations;

namespace Writ.Governance.Policies.Levels;

/// <summary>For whom a bundle holds, read from its manifest. Closed.</summary>
internal abstract record BundleHolder
{
    private BundleHolder()
    {
    }

    /// <summary>Everybody.</summary>
    public sealed record Everybody : BundleHolder
    {
        public override string ToString() => "organization";
    }

    /// <summary>The agents of a team.</summary>
    public sealed record OneTeam(TeamId Team) : BundleHolder
    {
        public override string ToString() => $"team/{Team}";
    }

    /// <summary>One agent.</summary>
    public sealed record OneAgent(AgentId Agent) : BundleHolder
    {
        public override string ToString() => $"agent/{Agent}";
    }

    /// <summary>Whoever the manifest names; null, and what is wrong, where it names nobody or two.</summary>
    public static BundleHolder? Of(BundleManifest manifest, out string problem)
    {
        problem = "";
        switch (manifest.Level ?? BundleLevel.Organization)
        {
            case BundleLevel.Organization when manifest is { Team: null, Agent: null }:
                return new Everybody();
            case BundleLevel.Team when manifest.Agent is null && TeamId.TryParse(manifest.Team, null, out var team):
                return new OneTeam(team);
            case BundleLevel.Agent when manifest.Team is null && AgentId.TryParse(manifest.Agent, null, out var agent):
                return new OneAgent(agent);
            default:
                problem = manifest.Level switch
                {
                    BundleLevel.Team => "level 'team' needs 'team', the name of one, and no 'agent'",
                    BundleLevel.Agent => "level 'agent' needs 'agent', the id of one, and no 'team'",
                    _ => "'team' and 'agent' stand only beside \"level\": \"team\" or \"level\": \"agent\"",
                };
                return null;
        }
    }
}
