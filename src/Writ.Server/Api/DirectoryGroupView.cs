using System.Collections.Immutable;
using Writ.Governance.Directories;

namespace Writ.Server.Api;

/// <summary>A group of a directory, the team that has its members, and the one that somebody proposed.</summary>
internal sealed record DirectoryGroupView(Guid Id, string Name, int Members, string? Team, string? ProposedTeam, string? ProposedBy)
{
    private const int MostShown = 50;

    /// <summary>The first of its members.</summary>
    public ImmutableArray<string> Who { get; init; } = [];

    public static DirectoryGroupView Of(DirectoryGroup group) =>
        new(group.Id, group.Name, group.Members.Count, group.Team?.ToString(), group.Proposal?.Team.ToString(), group.Proposal?.By.ToString()) { Who = [.. group.Members.Take(MostShown).Select(person => person.ToString())] };
}
