using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Directories;

/// <summary>
/// What a directory may change, whatever asks in its name: who is of the organization among those it speaks of, what it says of them, and its
/// own groups; nobody and nothing of another directory. It gives no capability, and no way in to anybody who can do something to Writ.
/// </summary>
internal static class DirectoryRights
{
    /// <summary>Why a directory may not take these actions; null when it may take all of them.</summary>
    public static string? Refusal(OrganizationState? state, string? keyId, IReadOnlyList<ControlAction> actions)
    {
        if (state is null || keyId is null || !state.DirectoryClients.TryGetValue(keyId, out var client))
            return "no such directory is known";
        var made = actions.OfType<PersonAdded>().Select(action => action.Person).ToHashSet();
        return actions.Select(action => Refusal(state, client, made, action)).FirstOrDefault(cause => cause is not null);
    }

    /// <summary>
    /// Whether the directory that speaks of a person may give them a way in: somebody whom nobody has given anything that the directory cannot, and
    /// whom nothing waits for. What is kept counts, whether or not its time is over.
    /// </summary>
    public static bool MayLink(OrganizationState state, Person person) =>
        person.Directory is not null && person.Capabilities.IsEmpty && person.TeamCapabilities.IsEmpty
        && person.Teams.All(team => state.DirectoryGroups.Values.Any(group => group.Team == team))
        && !state.Agents.Values.Any(agent => agent.Owner == person.Id || agent.BackupOwner == person.Id || agent.Offer?.To == person.Id
            || agent.Consents.Values.Any(consent => consent.Who.Person == person.Id))
        && !state.Enrolments.Values.Any(enrolment => enrolment.Owner == person.Id);

    private static string? Refusal(OrganizationState state, DirectoryClient client, HashSet<PersonId> made, ControlAction action) => action switch
    {
        PersonAdded a => a.Capabilities.IsEmpty && !state.People.ContainsKey(a.Person) ? null : "a directory gives no capability",
        DirectoryUserDescribed a => Speaks(state, client, made, a.Person),
        DirectoryUserForgotten a => Speaks(state, client, made, a.Person),
        PersonLeft a => Speaks(state, client, made, a.Person),
        PersonReturned a => !a.Capabilities.IsEmpty ? "a directory gives no capability"
            : state.People.GetValueOrDefault(a.Person) is { LeftByDirectory: true } ? Speaks(state, client, made, a.Person)
            : "who was sent away by a person returns by a person",
        PersonLinked a => a.Provider != client.Provider ? "a directory links accounts of the provider that was stated for it alone"
            : Speaks(state, client, made, a.Person) is { } stranger ? stranger
            : made.Contains(a.Person) || MayLink(state, state.People[a.Person]) ? null
            : "a directory gives no way in to who has a capability, a team or an agent from people, or whom one waits for: security links the account",
        PersonUnlinked a => a.Provider == client.Provider ? Speaks(state, client, made, a.Person) : "a directory unlinks accounts of the provider that was stated for it alone",
        DirectoryGroupDescribed a => Keeps(state, client, a.Group),
        DirectoryGroupChanged a => Keeps(state, client, a.Group),
        DirectoryGroupRemoved a => Keeps(state, client, a.Group),
        _ => "that is not for a directory",
    };

    private static string? Speaks(OrganizationState state, DirectoryClient client, HashSet<PersonId> made, PersonId person) =>
        made.Contains(person) || state.People.GetValueOrDefault(person)?.Directory?.Label == client.Label ? null : "the directory does not speak of that person";

    /// <summary>A group that is not there yet is the directory's own once it is described.</summary>
    private static string? Keeps(OrganizationState state, DirectoryClient client, Guid group) =>
        state.DirectoryGroups.TryGetValue(group, out var known) && known.Directory != client.Label ? "the directory does not keep that group" : null;
}
