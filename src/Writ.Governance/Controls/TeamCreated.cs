using Writ.Governance.Organizations;

namespace Writ.Governance.Controls;

/// <summary>There is a team; nobody is in it yet.</summary>
public sealed record TeamCreated(TeamId Team, string DisplayName) : ControlAction;
