namespace Writ.Governance.Controls;

/// <summary>Somebody looked at a shadow agent and wants to see it no more. It has no more and no fewer rights than before: none.</summary>
public sealed record ShadowAgentDismissed(string Id, string Reason) : ControlAction;
