namespace Writ.Governance.Controls;

/// <summary>An erasure that was asked for will not happen.</summary>
public sealed record ErasureDeclined(Guid Id, string Reason) : ControlAction;
