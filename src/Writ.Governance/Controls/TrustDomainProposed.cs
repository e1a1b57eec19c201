namespace Writ.Governance.Controls;

/// <summary>Somebody wants the ids of another trust domain to be believed, by the roots and keys of this bundle; a second person has to import it.</summary>
public sealed record TrustDomainProposed(string Domain, string Bundle) : ControlAction;
