using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Registry;

/// <summary>What control actions about passkeys and sessions make of an organization.</summary>
public static class LoginChanges
{
    /// <summary>The most passkeys of one person.</summary>
    public const int MostPasskeys = 16;

    /// <summary>The most tokens of one person that work at a time.</summary>
    public const int MostTokens = 64;

    /// <summary>The most enrolment tokens of one person that wait at a time.</summary>
    public const int MostInvitations = 4;

    /// <summary>The most sessions of one person that go on at a time; another ends the oldest.</summary>
    public const int MostSessions = 16;

    /// <summary>Whether somebody was invited to enrol a passkey, and nobody has one yet.</summary>
    public static bool WaitsForFirstPasskey(this OrganizationState state, DateTimeOffset now) =>
        state.Passkeys.IsEmpty && state.Invitations.Values.Any(i => !i.Used && i.ExpiresAt > now);

    internal static OrganizationState Issue(this OrganizationState state, PersonTokenIssued issued, ControlRecord record)
    {
        var (person, now) = (state.Known(issued.Person), Timestamp.FromMicroseconds(record.At));
        var over = state.PersonTokens.Values.Where(t => t.ExpiresAt <= now).Select(t => t.KeyId);
        var tokens = state.PersonTokens.RemoveRange(over);
        if (issued.ExpiresAt is not null && tokens.Values.Count(t => t.Person == person.Id && t.ExpiresAt is not null) >= MostTokens)
            throw new InvalidDataException($"{person.Id} has {MostTokens} tokens already: revoke one, or let one expire");
        var token = new PersonToken(issued.KeyId, person.Id, issued.SecretHash, issued.StandsFor) { IssuedAt = now, ExpiresAt = issued.ExpiresAt, Scope = issued.Scope, Label = issued.Label };
        return state with { PersonTokens = tokens.SetItem(issued.KeyId, token) };
    }

    internal static OrganizationState Revoke(this OrganizationState state, PersonTokenRevoked revoked) =>
        state.PersonTokens.TryGetValue(revoked.KeyId, out var token) && token.Person == revoked.Person
            ? state.WithoutInvitations(revoked.Person) with { PersonTokens = state.PersonTokens.Remove(token.KeyId) }
            : throw new InvalidDataException($"{revoked.Person} has no such token");

    internal static OrganizationState Invite(this OrganizationState state, PasskeyInvited invited, ControlRecord record)
    {
        var (person, now) = (state.Known(invited.Person), Timestamp.FromMicroseconds(record.At));
        var waiting = state.Invitations.RemoveRange(state.Invitations.Values.Where(i => i.Used || i.ExpiresAt <= now).Select(i => i.KeyId));
        if (waiting.Values.Count(i => i.Person == person.Id) >= MostInvitations)
            throw new InvalidDataException($"{person.Id} has {MostInvitations} enrolment tokens that wait already: use one, or let one expire");
        return state with { Invitations = waiting.Add(invited.KeyId, new PasskeyInvitation(invited.KeyId, person.Id, invited.SecretHash, invited.ExpiresAt)) };
    }

    internal static OrganizationState Revoke(this OrganizationState state, PasskeyInvitationRevoked revoked) =>
        state.Invitations.TryGetValue(revoked.KeyId, out var invitation) && invitation.Person == revoked.Person && !invitation.Used
            ? state with { Invitations = state.Invitations.Remove(invitation.KeyId) }
            : throw new InvalidDataException($"{revoked.Person} has no such enrolment token");

    internal static OrganizationState Register(this OrganizationState state, PasskeyRegistered registered, ControlRecord record)
    {
        var (person, now) = (state.Known(registered.Person), Timestamp.FromMicroseconds(record.At));
        if (state.Invitations.GetValueOrDefault(registered.Invitation) is not { Used: false } invitation || invitation.Person != person.Id || invitation.ExpiresAt <= now)
            throw new InvalidDataException($"{person.Id} has no enrolment token {registered.Invitation} that could still be used");
        if (person.Handle is { } handle && handle != registered.Handle)
            throw new InvalidDataException($"authenticators know {person.Id} by another name");
        if (state.Passkeys.ContainsKey(registered.Passkey))
            throw new InvalidDataException("that passkey was enrolled before");
        if (state.Passkeys.Values.Count(p => p.Person == person.Id) >= MostPasskeys)
            throw new InvalidDataException($"a person has at most {MostPasskeys} passkeys");
        var passkey = new Passkey(registered.Passkey, person.Id, registered.PublicKey, registered.Label, now)
        {
            SignCount = registered.SignCount,
            BackupEligible = registered.BackupEligible,
            Transports = registered.Transports,
        };
        return state with
        {
            Invitations = state.WithoutInvitations(person.Id).Invitations.SetItem(invitation.KeyId, invitation with { Used = true }),
            Passkeys = state.Passkeys.Add(passkey.Id, passkey),
            People = state.People.SetItem(person.Id, person with { Handle = registered.Handle }),
        };
    }

    internal static OrganizationState Revoke(this OrganizationState state, PasskeyRevoked revoked) =>
        state.Passkeys.TryGetValue(revoked.Passkey, out var passkey) && passkey.Person == revoked.Person
            ? state.WithoutInvitations(revoked.Person) with
            {
                Passkeys = state.Passkeys.Remove(passkey.Id),
                Sessions = state.Sessions.RemoveRange(state.Sessions.Values.Where(s => s.Passkey == passkey.Id).Select(s => s.KeyId)),
            }
            : throw new InvalidDataException($"{revoked.Person} has no such passkey");

    internal static OrganizationState Start(this OrganizationState state, SessionStarted started, ControlRecord record)
    {
        var (person, now) = (state.Known(started.Person), Timestamp.FromMicroseconds(record.At));
        if (started.Passkey is { } id && state.Passkeys.GetValueOrDefault(id)?.Person != person.Id)
            throw new InvalidDataException($"{person.Id} has no such passkey");
        if (started.Provider is { } provider && state.PersonLinks.GetValueOrDefault((provider, started.Subject ?? "")) != person.Id)
            throw new InvalidDataException($"{person.Id} has no such account");
        var over = state.Sessions.Values.Where(s => s.ExpiresAt <= now);
        var oldest = state.Sessions.Values.Where(s => s.Person == person.Id && s.ExpiresAt > now).OrderByDescending(s => s.StartedAt).Skip(MostSessions - 1);
        var session = new PersonSession(started.KeyId, person.Id, started.SecretHash, now, started.ExpiresAt, started.Passkey)
        {
            Provider = started.Provider, Subject = started.Subject, ProviderSession = started.ProviderSession,
        };
        return state.Counted(started.Passkey, started.SignCount) with
        {
            Sessions = state.Sessions.RemoveRange(over.Concat(oldest).Select(s => s.KeyId)).Add(session.KeyId, session),
        };
    }

    internal static OrganizationState End(this OrganizationState state, SessionEnded ended) =>
        state.Sessions.TryGetValue(ended.KeyId, out var session) && session.Person == ended.Person
            ? state with { Sessions = state.Sessions.Remove(ended.KeyId) }
            : throw new InvalidDataException($"{ended.Person} has no such session");

    /// <summary>The same with a passkey's counter moved on; it never goes back.</summary>
    internal static OrganizationState Counted(this OrganizationState state, string? passkey, uint? count) =>
        passkey is not null && count is { } value && state.Passkeys.TryGetValue(passkey, out var known) && value > known.SignCount
            ? state with { Passkeys = state.Passkeys.SetItem(passkey, known with { SignCount = value }) }
            : state;

    /// <summary>What waits to be used goes with what it may have come from: nobody comes back in by an enrolment token asked for before.</summary>
    private static OrganizationState WithoutInvitations(this OrganizationState state, PersonId person) =>
        state with { Invitations = state.Invitations.RemoveRange(state.Invitations.Values.Where(i => i.Person == person && !i.Used).Select(i => i.KeyId)) };

    private static Person Known(this OrganizationState state, PersonId person) =>
        state.Here(person);
}
