using Writ.Governance.Organizations;

namespace Writ.Governance.Controls;

/// <summary>A team has the members of a directory's group from here on, and no others.</summary>
public sealed record TeamDirectoryBound(TeamId Team, Guid Group) : ControlAction;
