using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person's token stopped working, for good.</summary>
public sealed record PersonTokenRevoked(PersonId Person, string KeyId, string Reason) : ControlAction;
