using System.Collections.Immutable;

namespace Writ.Governance.People;

/// <summary>A passkey of a person, as the registry knows it: the public half, with which everybody can check what was signed. Immutable.</summary>
/// <param name="Id">The credential id, in base64url.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="PublicKey">The public key as COSE has it (RFC 9052), in base64url.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="RegisteredAt">When it was enrolled.</param>
public sealed record Passkey(string Id, PersonId Person, string PublicKey, string Label, DateTimeOffset RegisteredAt)
{
    /// <summary>The authenticator's signature counter, as far as the control log knows it; it only grows.</summary>
    public uint SignCount { get; init; }

    /// <summary>Whether it may be copied to other devices of its owner.</summary>
    public bool BackupEligible { get; init; }

    /// <summary>How the authenticator can be reached, as the browser said at enrolment.</summary>
    public ImmutableArray<string> Transports { get; init; } = [];
}
