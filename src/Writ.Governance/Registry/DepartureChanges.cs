using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Delegation;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>
/// What it makes of an organization that a person leaves or returns. All of it follows from the one record, so that nothing can come between:
/// there is no moment, and no crash, after which somebody is gone and still answers for an agent.
/// </summary>
internal static class DepartureChanges
{
    // Without somebody who has these nobody could let anybody in, or stop anything.
    private static readonly PersonCapability[] Indispensable = [PersonCapability.Security, PersonCapability.Platform];

    public static OrganizationState Leave(this OrganizationState state, PersonLeft left, ControlRecord record)
    {
        // Whom a directory sent away a person sends away too: nothing is left to take, but the directory brings them back no more.
        if (record.By.Person is not null && state.People.GetValueOrDefault(left.Person) is { LeftByDirectory: true } away)
            return state.With(away with { LeftByDirectory = false });
        var (person, at) = (state.Here(left.Person), Timestamp.FromMicroseconds(record.At));
        state.KeepsWithout(person, person.Capabilities, at);
        var without = state with
        {
            People = state.People.SetItem(person.Id, person.Gone(at) with { LeftByDirectory = record.By.Directory is not null }),
            PersonTokens = state.PersonTokens.RemoveRange(state.PersonTokens.Values.Where(t => t.Person == person.Id).Select(t => t.KeyId)),
            Passkeys = state.Passkeys.RemoveRange(state.Passkeys.Values.Where(p => p.Person == person.Id).Select(p => p.Id)),
            Sessions = state.Sessions.RemoveRange(state.Sessions.Values.Where(s => s.Person == person.Id).Select(s => s.KeyId)),
            Invitations = state.Invitations.RemoveRange(state.Invitations.Values.Where(i => i.Person == person.Id).Select(i => i.KeyId)),
            Enrolments = state.Enrolments.RemoveRange(state.Enrolments.Values.Where(e => e.Owner == person.Id || e.By == person.Id).Select(e => e.KeyId)),
            PersonLinks = state.PersonLinks.RemoveRange(state.PersonLinks.Where(link => link.Value == person.Id).Select(link => link.Key)),
        };
        without = state.Delegations.Values.Where(chain => chain.Principal == person.Id)
            .Aggregate(without, (before, chain) => before.Revoke(new DelegationRevoked(chain.Hash, left.Reason), record));
        return state.Agents.Values.Where(agent => agent.Lifecycle != AgentLifecycle.Retired).Aggregate(without, (before, agent) => before.Without(agent, left, record));
    }

    public static OrganizationState Return(this OrganizationState state, PersonReturned returned) =>
        !state.People.TryGetValue(returned.Person, out var person) || person.IsHere ? throw new InvalidDataException($"{returned.Person} has not left")
        : state.With(person with
        {
            LeftAt = null,
            LeftByDirectory = false,
            Capabilities = returned.Capabilities,
            // The directory may have kept them in its groups all along.
            Teams = [.. state.DirectoryGroups.Values.Where(group => group.Members.Contains(person.Id)).Select(group => group.Team).OfType<TeamId>()],
        });

    /// <summary>The person, who is of the organization now.</summary>
    public static Person Here(this OrganizationState state, PersonId id) => state.People.GetValueOrDefault(id) switch
    {
        null => throw new InvalidDataException($"person {id} was never added"),
        { IsHere: false } => throw new InvalidDataException($"{id} has left"),
        var person => person,
    };

    /// <summary>The same with a person changed. A second person with the security capability ends solo mode for good.</summary>
    public static OrganizationState With(this OrganizationState state, Person person)
    {
        var people = state.People.SetItem(person.Id, person);
        return state with { People = people, SoloEnded = state.SoloEnded || people.Values.Count(p => p.Has(PersonCapability.Security)) >= 2 };
    }

    /// <summary>Whether the organization can do without a person's capabilities.</summary>
    /// <exception cref="InvalidDataException">Nobody else who has an indispensable one could come in.</exception>
    public static void KeepsWithout(this OrganizationState state, Person person, IReadOnlyCollection<PersonCapability> capabilities, DateTimeOffset at)
    {
        if (Indispensable.Where(one => capabilities.Contains(one) && !state.Keeps(one, person.Id, at)).Select(one => (PersonCapability?)one).FirstOrDefault() is { } last)
            throw new InvalidDataException($"{person.Id} is the last person with the capability {last.Word()} who can come in: give it to somebody else first");
    }

    /// <summary>Whether somebody else has a capability and could come in to use it.</summary>
    public static bool Keeps(this OrganizationState state, PersonCapability capability, PersonId without, DateTimeOffset at) =>
        state.People.Values.Any(other => other.Id != without && other.Has(capability) && (
            state.Passkeys.Values.Any(p => p.Person == other.Id)
            || state.PersonTokens.Values.Any(t => t.Person == other.Id && t.Scope is null && !(t.ExpiresAt <= at))
            || state.PersonLinks.ContainsValue(other.Id)));

    private static Person Gone(this Person person, DateTimeOffset at) => person with { LeftAt = at, Capabilities = [], Teams = [], TeamCapabilities = person.TeamCapabilities.Clear() };

    private static OrganizationState Without(this OrganizationState state, Agent agent, PersonLeft left, ControlRecord record)
    {
        var gone = left.Person;
        var over = agent.Consents.Values.Where(consent => consent.Who.Person == gone || (consent.By == gone && consent.AcceptedBy is null)).Select(consent => consent.Id).ToArray();
        var after = agent with
        {
            Offer = agent.Offer is { } offer && (offer.To == gone || offer.By == gone) ? null : agent.Offer,
            Consents = agent.Consents.RemoveRange(over),
            BackupOwner = agent.BackupOwner == gone ? null : agent.BackupOwner,
        };
        if (agent.Owner == gone && after.BackupOwner is { } backup && state.IsLive(backup))
            after = after with { Owner = backup, BackupOwner = null, Offer = null, Succession = new Succession(gone, Timestamp.FromMicroseconds(record.At)) };
        var changed = after == agent ? state : state with { Agents = state.Agents.SetItem(agent.Id, after) };
        return after.Owner == gone && after.Lifecycle == AgentLifecycle.Active
            ? changed.Move(new AgentLifecycleChanged(agent.Id, AgentLifecycle.Suspended, $"{gone} left, and nobody else answers for it", SuspensionCause.Orphaned), record)
            : changed;
    }
}
