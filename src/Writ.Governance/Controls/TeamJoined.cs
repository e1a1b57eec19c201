using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person is in a team from here on, and approves what it may approve.</summary>
public sealed record TeamJoined(TeamId Team, PersonId Person) : ControlAction;
