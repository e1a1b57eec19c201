using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Credentials;

/// <summary>A credential of an agent that is no secret of Writ's: a key pair, an OAuth client, a SPIFFE id of another domain or a DID. Immutable.</summary>
public sealed record AgentCredential
{
    /// <summary>Names it in records: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required AgentId Agent { get; init; }

    /// <summary>The how manieth of the organization it is, from 0 on: its place in the status lists.</summary>
    public required int Number { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <summary>The public half of a key pair, as subject public key info in base64; the key of an OAuth client as a JWK; the SPIFFE id; or the DID.</summary>
    public required string Public { get; init; }

    /// <summary>Of a DID, the keys that it was registered with, each <c>DID-URL multikey</c>, sorted; none for the other kinds.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Of a did:web, the loopback, private or special addresses that its host may have.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>From when on it is refused.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required PersonId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The credential that it took the place of; null where there was none.</summary>
    public string? Predecessor { get; init; }

    /// <summary>From when on it is refused because another took its place; null while none does.</summary>
    public DateTimeOffset? RetiresAt { get; init; }

    /// <summary>Whether it was revoked; nothing undoes that.</summary>
    public bool Revoked { get; init; }

    /// <summary>Whether a restore suspended it, until somebody vouches for it.</summary>
    public bool Suspended { get; init; }

    /// <summary>Whether it is taken at a time.</summary>
    public bool IsInForce(DateTimeOffset now) => !Revoked && !Suspended && now < ExpiresAt && !(RetiresAt <= now);

    /// <summary>Where it stands at a time: <c>active</c>, <c>retiring</c>, <c>expired</c>, <c>suspended</c> or <c>revoked</c>.</summary>
    public string Status(DateTimeOffset now) =>
        Revoked ? "revoked" : Suspended ? "suspended" : now >= ExpiresAt || RetiresAt <= now ? "expired" : RetiresAt is not null ? "retiring" : "active";
}
