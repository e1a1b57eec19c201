using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Credentials;

/// <summary>What control actions about agents' credentials make of an organization.</summary>
internal static class CredentialChanges
{
    public static OrganizationState Register(this OrganizationState state, AgentCredentialRegistered registered, ControlRecord record) =>
        state.Register(registered, record.By.Person ?? throw new InvalidDataException("a credential is registered by a person"), Timestamp.FromMicroseconds(record.At));

    /// <summary>The credential on the authority of a person, who need not be the one that the record is by.</summary>
    public static OrganizationState Register(this OrganizationState state, AgentCredentialRegistered registered, PersonId by, DateTimeOffset at)
    {
        var known = state.AgentCredentials;
        if (CredentialRules.Obstacle(state, registered, at) is { } obstacle)
            throw new InvalidDataException(obstacle);
        var credential = new AgentCredential
        {
            Id = registered.Id,
            Agent = registered.Agent,
            Number = known.ById.Count,
            Kind = registered.Credential,
            Public = registered.Public,
            Keys = DidCredentials.KeysOf(registered),
            AllowedAddresses = registered.AllowedAddresses ?? [],
            ExpiresAt = registered.ExpiresAt,
            CreatedBy = by,
            CreatedAt = at,
            Predecessor = registered.Predecessor,
        };
        var after = known.With(credential) with { ByPublic = known.ByPublic.SetItems(CredentialRules.NamesOf(registered).Select(name => KeyValuePair.Create(name, registered.Id))) };
        if (registered.Predecessor is { } before && known.Find(before) is { Revoked: false, RetiresAt: null } old)
            after = after.With(old with { RetiresAt = at + AgentCredentials.Overlap });
        return state with { AgentCredentials = after };
    }

    /// <summary>Without a credential, and without those before it that only retire: whoever stole one and had another follow loses both.</summary>
    public static OrganizationState Revoke(this OrganizationState state, AgentCredentialRevoked revoked)
    {
        if (state.AgentCredentials.Find(revoked.Id) is not { } credential || credential.Agent != revoked.Agent)
            throw new InvalidDataException($"agent {revoked.Agent} has no credential {revoked.Id}");
        var after = state.AgentCredentials;
        for (AgentCredential? one = credential; one is not null; one = one.Predecessor is { } before && after.Find(before) is { RetiresAt: not null, Revoked: false } retiring ? retiring : null)
            after = after.With(one with { Revoked = true });
        return state with { AgentCredentials = after };
    }

    /// <summary>Who retires takes its credentials along.</summary>
    public static AgentCredentials RevokedOf(this AgentCredentials credentials, AgentId agent) =>
        credentials with { ById = credentials.ById.SetItems(credentials.ById.Where(one => one.Value.Agent == agent && !one.Value.Revoked).Select(one => KeyValuePair.Create(one.Key, one.Value with { Revoked = true }))) };

    /// <summary>After a restore none works: it may have been revoked after the backup.</summary>
    public static AgentCredentials Suspended(this AgentCredentials credentials) =>
        credentials with { ById = credentials.ById.ToImmutableDictionary(one => one.Key, one => one.Value with { Suspended = !one.Value.Revoked }) };
}
