using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>
/// A person is no longer of the organization: every way in, capability and team of theirs ends with it. Their backup owners answer for their
/// agents from here on, and agents that nobody answers for stop.
/// </summary>
public sealed record PersonLeft(PersonId Person, string Reason) : ControlAction;
