namespace Writ.Governance.Controls;

/// <summary>A hold is over.</summary>
public sealed record HoldLifted(string Name) : ControlAction;
