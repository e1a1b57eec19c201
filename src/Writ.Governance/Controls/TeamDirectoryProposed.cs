using Writ.Governance.Organizations;

namespace Writ.Governance.Controls;

/// <summary>A person wants a team to have the members of a directory's group; another confirms it.</summary>
public sealed record TeamDirectoryProposed(TeamId Team, Guid Group) : ControlAction;
