namespace Writ.Governance.Controls;

/// <summary>A second person confirmed an erasure; it is carried out from here on.</summary>
public sealed record ErasureConfirmed(Guid Id) : ControlAction;
