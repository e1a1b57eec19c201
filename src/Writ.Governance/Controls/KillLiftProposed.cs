namespace Writ.Governance.Controls;

/// <summary>Somebody wants a kill lifted; a second person has to.</summary>
public sealed record KillLiftProposed(Guid Id, string Reason) : ControlAction;
