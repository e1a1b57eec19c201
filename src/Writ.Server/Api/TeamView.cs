using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>A team and who is in it.</summary>
internal sealed record TeamView(string Name, string DisplayName, ImmutableArray<string> Members)
{
    /// <summary>The directory's group that keeps it; absent where people do.</summary>
    public Guid? KeptBy { get; init; }

    public static TeamView Of(OrganizationState state, TeamId team) => new(
        team.ToString(),
        state.Teams[team.ToString()].DisplayName,
        [.. state.People.Values.Where(p => p.Teams.Contains(team)).Select(p => p.Id.ToString()).Order(StringComparer.Ordinal)]) { KeptBy = state.KeeperOf(team)?.Id };
}
