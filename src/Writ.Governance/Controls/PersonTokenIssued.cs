using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person holds a token; only its keyed hash is kept.</summary>
public sealed record PersonTokenIssued(PersonId Person, string KeyId, string SecretHash, Presence StandsFor) : ControlAction;
