namespace Writ.Cli.Api;

/// <summary>A group of a directory, the team that has its members, and the one that somebody proposed.</summary>
internal sealed record DirectoryGroupView(Guid Id, string Name, int Members, string? Team, string? ProposedTeam, string? ProposedBy)
{
    /// <summary>The first of its members.</summary>
    public IReadOnlyList<string> Who { get; init; } = [];
}
