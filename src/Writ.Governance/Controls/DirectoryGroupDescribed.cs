namespace Writ.Governance.Controls;

/// <summary>A directory has a group, or calls it something else.</summary>
public sealed record DirectoryGroupDescribed(Guid Group, string Name, string? ExternalId = null) : ControlAction;
