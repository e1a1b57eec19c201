using System.Text;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Governance.Controls;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Users;

/// <summary>What control actions about user issuers make of an organization.</summary>
public static class UserIssuerChanges
{
    /// <summary>What the second person confirms: the SHA-256 of the issuer as the first one stated it, in hexadecimal.</summary>
    public static string DigestOf(UserIssuer issuer) => Hash256.Of(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(issuer, StrictJson.Options))).ToHex();

    internal static OrganizationState Propose(this OrganizationState state, UserIssuerProposed proposed, ControlRecord record)
    {
        var issuers = state.UserIssuers;
        if (issuers.Obstacle(proposed.Issuer) is { } obstacle)
            throw new InvalidDataException(obstacle);
        var proposal = new UserIssuerProposal(
            proposed.Issuer, proposed.Digest, record.By.Person ?? throw new InvalidDataException("a user issuer is registered by people"), Timestamp.FromMicroseconds(record.At));
        return state with { UserIssuers = issuers with { Proposals = issuers.Proposals.SetItem(proposed.Issuer.Name, proposal) } };
    }

    internal static OrganizationState Register(this OrganizationState state, UserIssuerRegistered registered, ControlRecord record)
    {
        var issuers = state.UserIssuers;
        if (!issuers.Proposals.TryGetValue(registered.Name, out var proposal) || proposal.Digest != registered.Digest)
            throw new InvalidDataException($"no such user issuer '{registered.Name}' was proposed");
        if (issuers.Obstacle(proposal.Issuer) is { } confused)
            throw new InvalidDataException(confused);
        var (by, at) = (record.By.Person ?? throw new InvalidDataException("a user issuer is registered by people"), Timestamp.FromMicroseconds(record.At));
        if (state.SoloEnded && SecondPerson.Obstacle(state, proposal.By, by, at) is { } obstacle)
            throw new InvalidDataException(obstacle.Text);
        return state with
        {
            UserIssuers = issuers with { ByName = issuers.ByName.SetItem(registered.Name, new TrustedUserIssuer(proposal.Issuer, at)), Proposals = issuers.Proposals.Remove(registered.Name) },
        };
    }

    internal static OrganizationState Remove(this OrganizationState state, UserIssuerRemoved removed)
    {
        var issuers = state.UserIssuers;
        return issuers.ByName.ContainsKey(removed.Name) || issuers.Proposals.ContainsKey(removed.Name)
            ? state with { UserIssuers = issuers with { ByName = issuers.ByName.Remove(removed.Name), Proposals = issuers.Proposals.Remove(removed.Name) } }
            : throw new InvalidDataException($"there is no user issuer '{removed.Name}'");
    }
}
