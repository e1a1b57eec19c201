using Writ.Governance.Controls;
using Writ.Governance.People;

namespace Writ.Governance.Registry;

/// <summary>What control actions about teams make of an organization. A name is a person's or a team's, so that an approver is never taken for another.</summary>
internal static class TeamChanges
{
    public static OrganizationState Create(this OrganizationState state, TeamCreated created)
    {
        var name = created.Team.ToString();
        if (state.Teams.ContainsKey(name))
            throw new InvalidDataException($"team {name} was created before");
        if (state.People.Keys.Any(person => person.ToString() == name))
            throw new InvalidDataException($"'{name}' is a person's name");
        return state with { Teams = state.Teams.Add(name, new Team(created.Team, created.DisplayName)) };
    }

    public static OrganizationState Join(this OrganizationState state, TeamJoined joined) =>
        state.KeeperOf(joined.Team) is { } keeper ? throw new InvalidDataException($"team {joined.Team} is kept by the directory's group '{keeper.Name}': the directory puts people into it")
        : state.Teams.ContainsKey(joined.Team.ToString())
            ? state.WithPerson(state.Here(joined.Person).Id, person => person with { Teams = person.Teams.Add(joined.Team) })
            : throw new InvalidDataException($"team {joined.Team} was never created");

    public static OrganizationState Leave(this OrganizationState state, TeamLeft left) =>
        state.WithPerson(left.Person, person => person with { Teams = person.Teams.Remove(left.Team) });

    private static OrganizationState WithPerson(this OrganizationState state, PersonId id, Func<Person, Person> change) =>
        state.People.TryGetValue(id, out var person)
            ? state with { People = state.People.SetItem(id, change(person)) }
            : throw new InvalidDataException($"person {id} was never added");
}
