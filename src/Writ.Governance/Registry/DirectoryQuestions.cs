using Writ.Governance.Directories;
using Writ.Governance.Organizations;

namespace Writ.Governance.Registry;

/// <summary>What the registry knows about directories.</summary>
public static class DirectoryQuestions
{
    /// <summary>The group that keeps a team; null where people do.</summary>
    public static DirectoryGroup? KeeperOf(this OrganizationState state, TeamId team) => state.DirectoryGroups.Values.FirstOrDefault(group => group.Team == team);
}
