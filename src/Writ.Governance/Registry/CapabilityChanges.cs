using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about capabilities make of an organization.</summary>
internal static class CapabilityChanges
{
    public static OrganizationState Give(this OrganizationState state, PersonCapabilitiesGiven given, ControlRecord record)
    {
        var person = state.Here(given.Person);
        if (record.By.Person == person.Id && state.SoloEnded)
            throw new InvalidDataException("nobody gives themselves a capability");
        if (given.Capabilities.IsEmpty)
            throw new InvalidDataException("no capability is named");
        if (given.Team is not { } team)
            return state.With(person with { Capabilities = [.. person.Capabilities.Union(given.Capabilities)] });
        if (!state.Teams.ContainsKey(team.ToString()) && !state.Agents.Values.Any(agent => agent.Team == team))
            throw new InvalidDataException($"there is no team {team}");
        return given.Capabilities.All(PersonCapabilities.IsOfTeams)
            ? state.With(person with { TeamCapabilities = person.TeamCapabilities.SetItem(team, [.. person.TeamCapabilities.GetValueOrDefault(team, []).Union(given.Capabilities)]) })
            : throw new InvalidDataException("of one team alone there are platform and app");
    }

    public static OrganizationState Take(this OrganizationState state, PersonCapabilitiesTaken taken, ControlRecord record)
    {
        var person = state.Here(taken.Person);
        if (taken.Team is not { } team)
        {
            state.KeepsWithout(person, [.. person.Capabilities.Intersect(taken.Capabilities)], Timestamp.FromMicroseconds(record.At));
            return state.With(person with { Capabilities = [.. person.Capabilities.Except(taken.Capabilities)] });
        }

        PersonCapability[] left = [.. person.TeamCapabilities.GetValueOrDefault(team, []).Except(taken.Capabilities)];
        return state.With(person with { TeamCapabilities = left.Length == 0 ? person.TeamCapabilities.Remove(team) : person.TeamCapabilities.SetItem(team, [.. left]) });
    }
}
