namespace Writ.Governance.Controls;

/// <summary>A link of a delegation chain, known by the hash of its token, was withdrawn with all that descends from it, for good.</summary>
public sealed record DelegationRevoked(string Hash, string Reason) : ControlAction;
