namespace Writ.Governance.Controls;

/// <summary>No id of another trust domain is believed any more.</summary>
public sealed record TrustDomainRemoved(string Domain, string Reason) : ControlAction;
