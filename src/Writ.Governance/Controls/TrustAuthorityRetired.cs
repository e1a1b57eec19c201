namespace Writ.Governance.Controls;

/// <summary>Nothing that an authority of the organization's own trust domain signed counts any more.</summary>
public sealed record TrustAuthorityRetired(string Thumbprint, string Reason) : ControlAction;
