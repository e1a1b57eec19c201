using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person is no longer in a team.</summary>
public sealed record TeamLeft(TeamId Team, PersonId Person) : ControlAction;
