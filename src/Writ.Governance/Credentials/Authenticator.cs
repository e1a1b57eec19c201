using System.Collections.Concurrent;
using System.Net;
using Writ.Crypto.Hashing;
using Writ.Governance.OAuth;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Identity.Tokens;

namespace Writ.Governance.Credentials;

/// <summary>
/// Says who is calling, from the <c>Authorization</c> header and from what the connection proved. Unknown, malformed, revoked and expired credentials look the same
/// from outside. Whether an agent is active is the governor's question, not this one's. Thread safe.
/// </summary>
public sealed class Authenticator(RegistryHolder registry, TokenAuthority tokens, SvidCallers svids, TimeProvider time, AccessTokenCallers? accessTokens = null, KeyPlaces? places = null)
{
    private const string Scheme = "Bearer ";
    private const string ProofScheme = "DPoP ";

    private readonly SessionUses _uses = new(time.GetUtcNow());
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokenUses = new(StringComparer.Ordinal);

    /// <summary>
    /// The caller, or null when a credential is not accepted. Where a signature or a connection proved an agent, a header can only name the same agent: a
    /// person's token in an agent's hands opens nothing.
    /// </summary>
    public Caller? Authenticate(PresentedCredential presented)
    {
        if (presented.Signature is { } verdict)
            return BySignature(verdict, presented with { Signature = null });
        if (presented.Svid is not { } svid)
            return ByHeader(presented);
        var proved = svids.Find(svid);
        if (string.IsNullOrEmpty(presented.Authorization))
            return proved;
        if (proved is null || ByHeader(presented) is not Caller.AgentCaller named || named.Agent.Id != proved.Agent.Id || named.Organization.Id != proved.Organization.Id)
            return null;
        return named.Token is null ? proved : named; // what a token leaves of the agent's rights is not to be had back by connecting
    }

    /// <summary>Whose a signature is, as things stand now. Where it was refused nothing else counts, and where more was presented all of it has to name the same agent.</summary>
    private Caller.AgentCaller? BySignature(SignatureVerdict verdict, PresentedCredential rest)
    {
        if (verdict is not SignatureVerdict.Proved proved
            || !registry.Current.Organizations.TryGetValue(proved.Organization, out var organization)
            || organization.AgentCredentials.Find(proved.Credential) is not { } credential || !credential.IsInForce(time.GetUtcNow())
            || !organization.Agents.TryGetValue(credential.Agent, out var agent))
            return null;
        var caller = new Caller.AgentCaller(organization, credential.Id, agent) { Assurance = Assurances.High };
        if (!rest.IsThere)
            return caller;
        if (Authenticate(rest) is not Caller.AgentCaller named || named.Agent.Id != agent.Id || named.Organization.Id != organization.Id)
            return null;
        return named.Token is null ? caller : named; // nor by signing
    }

    private Caller? ByHeader(in PresentedCredential credential)
    {
        var (authorization, source) = (credential.Authorization, credential.Source);
        if (authorization is null)
            return null;
        if (authorization.StartsWith(ProofScheme, StringComparison.OrdinalIgnoreCase))
            return accessTokens?.Find(authorization[ProofScheme.Length..], isWithProof: true, credential.Svid, credential.Request);
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        if (authorization.AsSpan(Scheme.Length).Contains('.')) // as no token of Writ's own does
        {
            var text = authorization[Scheme.Length..];
            return AccessTokenCallers.IsOne(text) ? accessTokens?.Find(text, isWithProof: false, credential.Svid, credential.Request) : svids.Find(text);
        }

        if (!PresentedToken.TryParse(authorization.AsSpan(Scheme.Length), out var presented, out _))
            return null;

        var organization = Find(presented, out var keyId);
        return presented.Kind switch
        {
            TokenKind.AgentKey => AuthenticateAgent(presented, organization, keyId, source),
            TokenKind.PersonToken => AuthenticatePerson(presented, organization, keyId),
            TokenKind.EnforcementPointKey => AuthenticatePoint(presented, organization, keyId),
            TokenKind.DirectoryToken => AuthenticateDirectory(presented, organization, keyId),
            TokenKind.EnrolmentToken => AuthenticateInvited(presented, organization, keyId),
            TokenKind.AgentEnrolment => AuthenticateEnrolling(presented, organization, keyId),
            _ => null,
        };
    }

    /// <summary>The person whose session a cookie is, or null when it is not accepted. A session is accepted nowhere else, and nothing else here.</summary>
    public Caller.PersonCaller? AuthenticateSession(string? cookie)
    {
        if (cookie is null || !PresentedToken.TryParse(cookie, out var presented, out _) || presented.Kind != TokenKind.Session)
            return null;
        var organization = Find(presented, out var keyId);
        var session = organization?.Sessions.GetValueOrDefault(keyId);
        var now = time.GetUtcNow();
        var record = session is null ? null : Record(presented, session.SecretHash, session.ExpiresAt, revoked: false);
        return tokens.Verify(presented, record, now) == TokenVerdict.Accepted && _uses.TryUse(session!, now) && organization!.People.TryGetValue(session!.Person, out var person)
            ? new Caller.PersonCaller(organization, keyId, person, Presence.Session)
            : null;
    }

    /// <summary>
    /// Who a session's person is now; null where it is over. Not a use of it, so that an answer that stays open keeps none alive.
    /// </summary>
    public Caller.PersonCaller? Again(Caller.PersonCaller session)
    {
        var now = time.GetUtcNow();
        return registry.Current.Organizations.TryGetValue(session.Organization.Id, out var organization)
            && organization.Sessions.TryGetValue(session.KeyId, out var known) && known.ExpiresAt > now && _uses.Stands(known, now)
            && organization.People.TryGetValue(known.Person, out var person)
            ? new Caller.PersonCaller(organization, known.KeyId, person, Presence.Session)
            : null;
    }

    /// <summary>When a person's token was last used, since the process began; null where it was not. Bounded by the tokens there have been.</summary>
    public DateTimeOffset? LastUse(string keyId) => _tokenUses.TryGetValue(keyId, out var last) ? last : null;

    /// <summary>Forgets when sessions that are over were last used.</summary>
    public void ForgetEndedSessions() =>
        _uses.Keep(registry.Current.Organizations.Values.SelectMany(o => o.Sessions.Keys).ToHashSet(StringComparer.Ordinal));

    private OrganizationState? Find(in PresentedToken presented, out string keyId)
    {
        var current = registry.Current;
        keyId = presented.Id.ToString();
        return current.Credentials.TryGetValue(keyId, out var id) ? current.Organizations[id] : null;
    }

    private Caller.InvitedCaller? AuthenticateInvited(in PresentedToken presented, OrganizationState? organization, string keyId)
    {
        var invitation = organization?.Invitations.GetValueOrDefault(keyId);
        var record = invitation is null ? null : Record(presented, invitation.SecretHash, invitation.ExpiresAt, invitation.Used);
        return tokens.Verify(presented, record, time.GetUtcNow()) == TokenVerdict.Accepted && organization!.People.TryGetValue(invitation!.Person, out var person)
            ? new Caller.InvitedCaller(organization, keyId, person)
            : null;
    }

    private Caller.EnrollingCaller? AuthenticateEnrolling(in PresentedToken presented, OrganizationState? organization, string keyId)
    {
        var enrolment = organization?.Enrolments.GetValueOrDefault(keyId);
        var record = enrolment is null ? null : Record(presented, enrolment.SecretHash, enrolment.ExpiresAt, revoked: false);
        return tokens.Verify(presented, record, time.GetUtcNow()) == TokenVerdict.Accepted ? new Caller.EnrollingCaller(organization!, keyId, enrolment!) : null;
    }

    private Caller.AgentCaller? AuthenticateAgent(in PresentedToken presented, OrganizationState? organization, string keyId, IPAddress? source)
    {
        var key = organization?.AgentKeys.GetValueOrDefault(keyId);
        var record = key is null ? null : Record(presented, key.SecretHash, key.ExpiresAt, key.Revoked || key.Suspended);
        if (tokens.Verify(presented, record, time.GetUtcNow()) != TokenVerdict.Accepted || !key!.IsTakenFrom(source) || !organization!.Agents.TryGetValue(key.Agent, out var agent))
            return null;
        places?.See(organization.Id, key, source);
        return new Caller.AgentCaller(organization, keyId, agent);
    }

    private Caller.PersonCaller? AuthenticatePerson(in PresentedToken presented, OrganizationState? organization, string keyId)
    {
        var token = organization?.PersonTokens.GetValueOrDefault(keyId);
        var record = token is null ? null : Record(presented, token.SecretHash, token.ExpiresAt, revoked: false);
        var now = time.GetUtcNow();
        if (tokens.Verify(presented, record, now) != TokenVerdict.Accepted || !organization!.People.TryGetValue(token!.Person, out var person))
            return null;
        _tokenUses[keyId] = now;
        return new Caller.PersonCaller(organization, keyId, token.Scope?.Narrow(person) ?? person, PersonPresence.Of(token.StandsFor) with { Scope = token.Scope });
    }

    private Caller.DirectoryCaller? AuthenticateDirectory(in PresentedToken presented, OrganizationState? organization, string keyId)
    {
        var client = organization?.DirectoryClients.GetValueOrDefault(keyId);
        var record = client is null ? null : Record(presented, client.SecretHash, client.ExpiresAt, revoked: false);
        var now = time.GetUtcNow();
        if (tokens.Verify(presented, record, now) != TokenVerdict.Accepted)
            return null;
        _tokenUses[keyId] = now;
        return new Caller.DirectoryCaller(organization!, keyId, client!);
    }

    private Caller.EnforcementPointCaller? AuthenticatePoint(in PresentedToken presented, OrganizationState? organization, string keyId)
    {
        var point = organization?.EnforcementPoints.GetValueOrDefault(keyId);
        var record = point is null ? null : Record(presented, point.SecretHash, null, revoked: false);
        return tokens.Verify(presented, record, time.GetUtcNow()) == TokenVerdict.Accepted
            ? new Caller.EnforcementPointCaller(organization!, keyId, point!)
            : null;
    }

    private static TokenRecord? Record(in PresentedToken presented, string secretHash, DateTimeOffset? expiresAt, bool revoked) =>
        Hash256.TryParseHex(secretHash, out var hash)
            ? new TokenRecord(presented.Id, presented.Kind, hash, expiresAt, revoked ? DateTimeOffset.UnixEpoch : null)
            : null;
}
