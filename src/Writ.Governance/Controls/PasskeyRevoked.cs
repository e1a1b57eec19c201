using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A passkey proves nothing any more, and what was begun with it is over.</summary>
public sealed record PasskeyRevoked(PersonId Person, string Passkey, string Reason) : ControlAction;
