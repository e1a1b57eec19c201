using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Levels;

/// <summary>Finds the team or the agent for whom a bundle would hold and whom the organization does not have: it would hold for nobody.</summary>
internal static class UnknownHolders
{
    public static IReadOnlyList<PolicyProblem> In(OrganizationState organization, BundleArchive archive) => BundleHolder.Of(archive.Manifest, out _) switch
    {
        BundleHolder.OneTeam { Team: var team } when !organization.Teams.ContainsKey(team.ToString()) && organization.Agents.Values.All(agent => agent.Team != team) =>
            [new PolicyProblem("bundle.json", 0, 0, $"team '{team}': there is no such team, and no agent is in it")],
        BundleHolder.OneAgent { Agent: var agent } when !organization.Agents.ContainsKey(agent) =>
            [new PolicyProblem("bundle.json", 0, 0, $"agent '{agent}': there is no such agent")],
        _ => [],
    };
}
