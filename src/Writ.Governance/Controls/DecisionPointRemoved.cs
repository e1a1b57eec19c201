namespace Writ.Governance.Controls;

/// <summary>A decision point outside Writ is not asked any more: this loosens.</summary>
public sealed record DecisionPointRemoved(string Name, string Reason) : ControlAction;
