using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Shadows;

namespace Writ.Governance.Enrolments;

/// <summary>What control actions about enrolments and drafts make of an organization.</summary>
internal static class EnrolmentChanges
{
    public static OrganizationState Offer(this OrganizationState state, AgentEnrolmentOffered offered, ControlRecord record)
    {
        var at = Timestamp.FromMicroseconds(record.At);
        var by = record.By.Person ?? throw new InvalidDataException("an enrolment is offered by a person");
        if (!state.People.ContainsKey(offered.Owner))
            throw new InvalidDataException($"person {offered.Owner} was never added");
        if (offered.ExpiresAt <= at || offered.ExpiresAt > at + AgentEnrolment.MaxLife + TimeSpan.FromMinutes(1))
            throw new InvalidDataException($"an enrolment waits for at most {AgentEnrolment.MaxLife.Days} days");
        var waiting = state.Enrolments.RemoveRange(state.Enrolments.Values.Where(one => one.ExpiresAt <= at).Select(one => one.KeyId));
        if (waiting.Count >= AgentEnrolment.MostWaiting)
            throw new InvalidDataException($"{AgentEnrolment.MostWaiting} enrolments wait already: withdraw one, or let one expire");
        return state with
        {
            Enrolments = waiting.Add(
                offered.KeyId, new AgentEnrolment(offered.KeyId, offered.SecretHash, offered.Owner, offered.Team, offered.Environment, by, at, offered.ExpiresAt, offered.Reason)),
        };
    }

    public static OrganizationState Withdraw(this OrganizationState state, AgentEnrolmentWithdrawn withdrawn) =>
        state.Enrolments.ContainsKey(withdrawn.KeyId)
            ? state with { Enrolments = state.Enrolments.Remove(withdrawn.KeyId) }
            : throw new InvalidDataException($"there is no enrolment {withdrawn.KeyId} that waits");

    /// <summary>A draft has no right, whatever it came from: none that a record could give it here.</summary>
    public static OrganizationState Draft(this OrganizationState state, AgentDrafted drafted, ControlRecord record)
    {
        var agent = drafted.Agent;
        var claims = drafted.Claims ?? AgentOrigin.NoClaims;
        if (agent is not { Lifecycle: AgentLifecycle.Draft, Visibility: AgentVisibility.Personal, Grants.IsDefaultOrEmpty: true })
            throw new InvalidDataException($"agent {agent.Id} is no draft without rights");
        if (AgentOrigin.ProblemWith(claims) is { } problem)
            throw new InvalidDataException(problem);
        var after = (drafted.Source switch
        {
            AgentSource.Enrolment => state.Enrol(drafted, record),
            AgentSource.Shadow when record.By.Person is not null && ShadowChanges.IsName(drafted.Reference) => state,
            AgentSource.Card or AgentSource.Import when record.By.Person is not null => state,
            AgentSource.Clone when record.By.Person == agent.Owner && state.Cloned(drafted.Reference) is not null => state,
            _ => throw new InvalidDataException($"agent {agent.Id} comes from nowhere that is known"),
        }).Register(agent with { Grants = [], Granted = ImmutableDictionary<Grant, GrantOrigin>.Empty });
        return after.Change(agent.Id, known => known.LikeIts(drafted.Source == AgentSource.Clone ? state.Cloned(drafted.Reference) : null) with { Origin = new AgentOrigin(drafted.Source, drafted.Reference, claims) }).WithKey(state, drafted, Timestamp.FromMicroseconds(record.At));
    }

    /// <summary>The drafts of a list, one after the other.</summary>
    public static OrganizationState Import(this OrganizationState state, AgentsImported imported, ControlRecord record)
    {
        if (imported.Digest.Length != 64 || !imported.Digest.All(char.IsAsciiHexDigitLower))
            throw new InvalidDataException("a list is named by its SHA-256");
        foreach (var one in imported.Agents)
        {
            if (state.HasAgentNamed(one.Agent.Name))
                throw new InvalidDataException($"line {one.Line}: there is an agent named '{one.Agent.Name}' already, or there was");
            state = state.Draft(new AgentDrafted(one.Agent, AgentSource.Import, $"{imported.Digest}:{one.Line}") { Claims = one.Claims }, record);
        }

        return state;
    }

    /// <summary>Takes the enrolment away: the compare-and-set by which nobody enrols twice with it.</summary>
    private static OrganizationState Enrol(this OrganizationState state, AgentDrafted drafted, ControlRecord record)
    {
        if (record.By.Person is not null)
            throw new InvalidDataException("an agent introduces itself");
        if (!state.Enrolments.TryGetValue(drafted.Reference, out var enrolment) || enrolment.ExpiresAt <= Timestamp.FromMicroseconds(record.At))
            throw new InvalidDataException($"there is no enrolment {drafted.Reference} that waits");
        return drafted.Agent.Owner == enrolment.Owner && drafted.Agent.Team == enrolment.Team && drafted.Agent.Environment == enrolment.Environment
            ? state with { Enrolments = state.Enrolments.Remove(enrolment.KeyId) }
            : throw new InvalidDataException($"enrolment {enrolment.KeyId} is for another owner, team or environment");
    }

    private static Agent? Cloned(this OrganizationState state, string reference) =>
        AgentId.TryParse(reference, null, out var id) && state.Agents.TryGetValue(id, out var agent) && agent.Lifecycle != AgentLifecycle.Retired ? agent : null;

    /// <summary>The draft, made of what another is made of: its card and its version, but for the tools it was granted, its scores and its approval.</summary>
    private static Agent LikeIts(this Agent draft, Agent? source) =>
        source is null ? draft : draft with
        {
            Model = source.Model,
            Card = source.Card,
            Versions = draft.Versions.SetItem(draft.Version, source.Versions[source.Version] with { Name = draft.Version, Tools = AgentOrigin.NoClaims, Scores = AgentOrigin.NoClaims, Approval = null }),
        };

    /// <summary>The key that an agent introduced itself with, on the authority of who offered the enrolment.</summary>
    private static OrganizationState WithKey(this OrganizationState state, OrganizationState before, AgentDrafted drafted, DateTimeOffset at) => drafted.Key switch
    {
        null => state,
        { } key when before.Enrolments.TryGetValue(drafted.Reference, out var enrolment) =>
            state.Register(new AgentCredentialRegistered(drafted.Agent.Id, key.Id, CredentialKind.KeyPair, key.Public, key.ExpiresAt), enrolment.By, at),
        _ => throw new InvalidDataException("only who introduces itself brings a key"),
    };
}
