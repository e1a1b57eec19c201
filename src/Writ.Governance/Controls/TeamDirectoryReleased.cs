using Writ.Governance.Organizations;

namespace Writ.Governance.Controls;

/// <summary>A team is kept by people again; who is in it stays.</summary>
public sealed record TeamDirectoryReleased(TeamId Team, string Reason) : ControlAction;
