using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person may enrol a passkey, once and until a time, with a token of which only the keyed hash is kept.</summary>
public sealed record PasskeyInvited(PersonId Person, string KeyId, string SecretHash, DateTimeOffset ExpiresAt) : ControlAction;
