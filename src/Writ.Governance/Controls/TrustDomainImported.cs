namespace Writ.Governance.Controls;

/// <summary>The ids of another trust domain are believed where the bundle of this digest vouches for them.</summary>
public sealed record TrustDomainImported(string Domain, string Digest) : ControlAction;
