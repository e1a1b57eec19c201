using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Registry;

/// <summary>What the registry knows about directories.</summary>
public static class DirectoryQuestions
{
    /// <summary>The group that keeps a team; null where people do.</summary>
    public static DirectoryGroup? KeeperOf(this OrganizationState state, TeamId team) => state.DirectoryGroups.Values.FirstOrDefault(group => group.Team == team);

    /// <summary>The people of whom the directory of a label speaks, by id.</summary>
    public static IReadOnlyList<Person> PeopleOf(this OrganizationState state, string directory) =>
        [.. state.People.Values.Where(person => person.Directory?.Label == directory).OrderBy(person => person.Id.ToString(), StringComparer.Ordinal)];

    /// <summary>The groups that the directory of a label keeps, by id.</summary>
    public static IReadOnlyList<DirectoryGroup> GroupsOf(this OrganizationState state, string directory) => [.. state.DirectoryGroups.Values.Where(group => group.Directory == directory)];

    /// <summary>
    /// A token of the directory that people mean: of that label, or of the only directory where they name none. Null, with the reason for people,
    /// where there is no such directory, or where it might be any of several.
    /// </summary>
    public static DirectoryClient? DirectoryMeant(this OrganizationState state, string? label, DateTimeOffset now, out string obstacle)
    {
        var live = state.DirectoryClients.Values.Where(client => client.ExpiresAt > now).ToArray();
        var meant = label is null ? live : [.. live.Where(client => client.Label == label)];
        obstacle = meant.Length == 0 ? label is null ? "There is no directory." : "There is no directory of that label."
            : meant.Any(client => client.Label != meant[0].Label) ? "There is more than one directory: name the label of the one that is meant." : "";
        return obstacle.Length == 0 ? meant.MaxBy(client => client.ExpiresAt) : null;
    }
}
