using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person has a passkey, whose public half this is. Binary members are in base64url.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Passkey">The credential id.</param>
/// <param name="PublicKey">The public key as COSE has it.</param>
/// <param name="Handle">What authenticators call the person; the same with every passkey.</param>
/// <param name="Invitation">The public part of the enrolment token that was used up for it.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="SignCount">The authenticator's counter.</param>
/// <param name="BackupEligible">Whether it may be copied to other devices.</param>
/// <param name="Transports">How the authenticator can be reached.</param>
public sealed record PasskeyRegistered(
    PersonId Person, string Passkey, string PublicKey, string Handle, string Invitation, string Label, uint SignCount, bool BackupEligible, ImmutableArray<string> Transports)
    : ControlAction;
