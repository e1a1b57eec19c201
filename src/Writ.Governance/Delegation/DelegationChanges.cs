using Writ.Crypto.Hashing;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>What control actions about delegations make of an organization.</summary>
internal static class DelegationChanges
{
    /// <summary>The most roots that are in force at once.</summary>
    public const int MostDelegations = 10_000;

    /// <summary>The most links that are withdrawn at once.</summary>
    public const int MostRevoked = 100_000;

    public static OrganizationState Mint(this OrganizationState state, DelegationMinted minted, ControlRecord record)
    {
        if (!state.Agents.ContainsKey(minted.Agent))
            throw new InvalidDataException($"agent {minted.Agent} was never registered");
        if (state.Delegations.ContainsKey(minted.Delegation))
            throw new InvalidDataException($"delegation {minted.Delegation} was minted before");
        if (!Hash256.TryParseHex(minted.Hash, out _))
            throw new InvalidDataException("a delegation is known by the hash of its token");

        // The time is the record's, so that a fold at any later time drops the same.
        var now = Timestamp.FromMicroseconds(record.At);
        var inForce = state.Delegations.RemoveRange(state.Delegations.Values.Where(known => known.ExpiresAt <= now).Select(known => known.Id));
        return inForce.Count >= MostDelegations
            ? throw new InvalidDataException($"an organization has at most {MostDelegations} delegations in force")
            : state with { Delegations = inForce.Add(minted.Delegation, new(minted.Delegation, minted.Agent, minted.Principal, minted.Hash, minted.ExpiresAt)) };
    }

    public static OrganizationState Revoke(this OrganizationState state, DelegationRevoked revoked, ControlRecord record)
    {
        if (!Hash256.TryParseHex(revoked.Hash, out var hash))
            throw new InvalidDataException("a link is known by the hash of its token");
        if (state.RevokedLinks.ContainsKey(hash))
            return state;
        var now = Timestamp.FromMicroseconds(record.At);
        // No token lives longer, so nothing can be done under such a link any more.
        var standing = state.RevokedLinks.Count < MostRevoked ? state.RevokedLinks
            : state.RevokedLinks.RemoveRange(state.RevokedLinks.Where(link => now - link.Value > DelegationLimits.MaxLifetime + DelegationLimits.Skew).Select(link => link.Key));
        return standing.Count >= MostRevoked
            ? throw new InvalidDataException($"an organization has at most {MostRevoked} links withdrawn at once")
            : state with { RevokedLinks = standing.Add(hash, now) };
    }
}
