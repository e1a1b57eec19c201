namespace Writ.Governance.Controls;

/// <summary>A directory's group is gone; a team that it kept has nobody in it any more.</summary>
public sealed record DirectoryGroupRemoved(Guid Group) : ControlAction;
