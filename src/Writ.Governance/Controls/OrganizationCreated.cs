namespace Writ.Governance.Controls;

/// <summary>A tenant exists from here on.</summary>
public sealed record OrganizationCreated(string DisplayName) : ControlAction;
