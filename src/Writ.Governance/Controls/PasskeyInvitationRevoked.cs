using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A token that waits to enrol a passkey enrols none any more.</summary>
public sealed record PasskeyInvitationRevoked(PersonId Person, string KeyId, string Reason) : ControlAction;
