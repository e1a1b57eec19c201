using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A session is over before its time.</summary>
public sealed record SessionEnded(PersonId Person, string KeyId, string Reason) : ControlAction;
