namespace Writ.Governance.Controls;

/// <summary>Somebody wants a hold lifted; a second person has to.</summary>
public sealed record HoldLiftProposed(string Name, string Reason) : ControlAction;
