using System.Collections.Immutable;
using Writ.Governance.Controls;
using Writ.Governance.Directories;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about directories make of an organization.</summary>
internal static class DirectoryChanges
{
    /// <summary>The most people whom directories speak of.</summary>
    public const int MostUsers = 10_000;

    /// <summary>The most people of an organization, those who left included, when a directory adds one.</summary>
    public const int MostPeople = 50_000;

    public static OrganizationState Register(this OrganizationState state, DirectoryClientRegistered registered, ControlRecord record)
    {
        var now = Timestamp.FromMicroseconds(record.At);
        var clients = state.DirectoryClients.RemoveRange(state.DirectoryClients.Values.Where(client => client.ExpiresAt <= now).Select(client => client.KeyId));
        return clients.Count >= DirectoryClient.MostOfAnOrganization ? throw new InvalidDataException($"an organization has at most {DirectoryClient.MostOfAnOrganization} directories: revoke one")
            : registered.ExpiresAt - now > DirectoryClient.Longest ? throw new InvalidDataException($"a directory's token works for at most {DirectoryClient.Longest.Days} days")
            : registered.Provider is null != registered.Subject is null ? throw new InvalidDataException("provider and subject are stated together")
            : registered.Provider is { } provider && !state.OpenIdProviders.ContainsKey(provider) ? throw new InvalidDataException($"there is no OpenID provider named '{provider}'")
            : state with
            {
                DirectoryClients = clients.Add(registered.KeyId, new DirectoryClient(registered.KeyId, registered.Label, registered.SecretHash, registered.ExpiresAt) { Provider = registered.Provider, Subject = registered.Subject }),
            };
    }

    public static OrganizationState Revoke(this OrganizationState state, DirectoryClientRevoked revoked) =>
        state.DirectoryClients.ContainsKey(revoked.KeyId)
            ? state with { DirectoryClients = state.DirectoryClients.Remove(revoked.KeyId) }
            : throw new InvalidDataException("there is no such directory");

    public static OrganizationState Describe(this OrganizationState state, DirectoryUserDescribed described, ControlRecord record)
    {
        var person = state.People.GetValueOrDefault(described.Person) ?? throw new InvalidDataException($"person {described.Person} was never added");
        var (at, directory) = (Timestamp.FromMicroseconds(record.At), state.DirectoryOf(record));
        return person.Directory is { } other && other.Label != directory ? throw new InvalidDataException($"another directory speaks of {person.Id}")
            : person.Directory is null && record.By.Person is null && record.By.Directory is not null && state.People.Count > MostPeople
            ? throw new InvalidDataException($"a directory adds nobody where there have been {MostPeople} people")
            : person.Directory is null && state.People.Values.Count(known => known.Directory is not null) >= MostUsers
            ? throw new InvalidDataException($"directories speak of at most {MostUsers} people of an organization")
            : state.With(person with { Directory = new DirectoryEntry(described.Id, directory, described.Sealed, person.Directory?.CreatedAt ?? at, at) });
    }

    public static OrganizationState Forget(this OrganizationState state, DirectoryUserForgotten forgotten) =>
        state.People.TryGetValue(forgotten.Person, out var person) && person.Directory is not null
            ? state.DirectoryGroups.Values.Where(group => group.Members.Contains(person.Id)).Aggregate(
                state.With(person with { Directory = null }), (before, group) => before.With(group with { Members = group.Members.Remove(person.Id) }))
            : throw new InvalidDataException($"no directory speaks of {forgotten.Person}");

    public static OrganizationState Describe(this OrganizationState state, DirectoryGroupDescribed described, ControlRecord record)
    {
        var at = Timestamp.FromMicroseconds(record.At);
        var known = state.DirectoryGroups.GetValueOrDefault(described.Group);
        var directory = known?.Directory ?? state.DirectoryOf(record);
        return state.DirectoryGroups.Values.Any(other => other.Id != described.Group && other.Directory == directory && other.Name.Equals(described.Name, StringComparison.OrdinalIgnoreCase))
                ? throw new InvalidDataException("a group of the directory has that name already")
            : known is null && state.DirectoryGroups.Count >= DirectoryGroup.MostOfAnOrganization ? throw new InvalidDataException($"directories have at most {DirectoryGroup.MostOfAnOrganization} groups")
            : state.With((known ?? new DirectoryGroup(described.Group, directory, described.Name, described.ExternalId, at, at)) with { Name = described.Name, ExternalId = described.ExternalId, ModifiedAt = at });
    }

    public static OrganizationState Change(this OrganizationState state, DirectoryGroupChanged changed, ControlRecord record)
    {
        var group = state.Group(changed.Group);
        if (changed.Joined.FirstOrDefault(person => state.People.GetValueOrDefault(person)?.Directory?.Label != group.Directory) is var stranger && changed.Joined.Contains(stranger))
            throw new InvalidDataException($"the directory of the group does not speak of {stranger}");
        var members = group.Members.Except(changed.Left).Union(changed.Joined);
        if (members.Count > DirectoryGroup.MostMembers)
            throw new InvalidDataException($"a group has at most {DirectoryGroup.MostMembers} members");
        var after = state.With(group with { Members = members, ModifiedAt = Timestamp.FromMicroseconds(record.At) });
        if (group.Team is not { } team)
            return after;
        // Only what changes: whom people took out of the team stays out until the directory says otherwise.
        var people = after.People.ToBuilder();
        foreach (var left in changed.Left.Where(people.ContainsKey))
            people[left] = people[left] with { Teams = people[left].Teams.Remove(team) };
        foreach (var joined in changed.Joined.Where(person => people[person].IsHere && !group.Members.Contains(person)))
            people[joined] = people[joined] with { Teams = people[joined].Teams.Add(team) };
        return after with { People = people.ToImmutable() };
    }

    public static OrganizationState Remove(this OrganizationState state, DirectoryGroupRemoved removed)
    {
        var group = state.Group(removed.Group);
        var without = state with { DirectoryGroups = state.DirectoryGroups.Remove(group.Id) };
        return group.Team is { } team ? without.WithMembers(team, []) : without;
    }

    public static OrganizationState Propose(this OrganizationState state, TeamDirectoryProposed proposed, ControlRecord record) =>
        state.With(state.Bindable(proposed.Team, proposed.Group) with
        {
            Proposal = (proposed.Team, record.By.Person ?? throw new InvalidDataException("people say who keeps a team"), Timestamp.FromMicroseconds(record.At)),
        });

    public static OrganizationState Bind(this OrganizationState state, TeamDirectoryBound bound, ControlRecord record)
    {
        var group = state.Bindable(bound.Team, bound.Group);
        var (by, at) = (record.By.Person ?? throw new InvalidDataException("people say who keeps a team"), Timestamp.FromMicroseconds(record.At));
        if (group.Proposal is not { } proposal || proposal.Team != bound.Team || at - proposal.At >= Lifting.Life)
            throw new InvalidDataException($"nobody proposed that the group keeps team {bound.Team}");
        if (state.SoloEnded && SecondPerson.Obstacle(state, proposal.By, by, at) is { } obstacle)
            throw new InvalidDataException(obstacle.Text);
        return state.With(group with { Team = bound.Team, Proposal = null }).WithMembers(bound.Team, group.Members);
    }

    public static OrganizationState Release(this OrganizationState state, TeamDirectoryReleased released) =>
        state.KeeperOf(released.Team) is { } group
            ? state.With(group with { Team = null })
            : throw new InvalidDataException($"team {released.Team} is kept by people");

    /// <summary>The label of the directory that a record is of: of the token that it names, whether a directory said so or a person for it, else of the only one.</summary>
    private static string DirectoryOf(this OrganizationState state, ControlRecord record) =>
        record.By.Directory is { } key
            ? state.DirectoryClients.TryGetValue(key, out var client) ? client.Label : throw new InvalidDataException("there is no such directory")
            : state.DirectoryClients.Values.Select(one => one.Label).Distinct(StringComparer.Ordinal).ToArray() is [var only] ? only
            : throw new InvalidDataException("there is no directory, or more than one: it has to be named");

    private static DirectoryGroup Group(this OrganizationState state, Guid id) =>
        state.DirectoryGroups.GetValueOrDefault(id) ?? throw new InvalidDataException($"there is no group {id}");

    private static DirectoryGroup Bindable(this OrganizationState state, TeamId team, Guid id) =>
        !state.Teams.ContainsKey(team.ToString()) ? throw new InvalidDataException($"team {team} was never created")
        : state.KeeperOf(team) is not null ? throw new InvalidDataException($"team {team} is kept by a group already")
        : state.Group(id) is { Team: null } group ? group
        : throw new InvalidDataException("the group keeps another team already");

    private static OrganizationState With(this OrganizationState state, DirectoryGroup group) => state with { DirectoryGroups = state.DirectoryGroups.SetItem(group.Id, group) };

    private static OrganizationState WithMembers(this OrganizationState state, TeamId team, ImmutableSortedSet<PersonId> members)
    {
        var people = state.People.ToBuilder();
        foreach (var person in state.People.Values)
        {
            var isMember = person.IsHere && members.Contains(person.Id);
            if (isMember != person.Teams.Contains(team))
                people[person.Id] = person with { Teams = isMember ? person.Teams.Add(team) : person.Teams.Remove(team) };
        }

        return state with { People = people.ToImmutable() };
    }
}
