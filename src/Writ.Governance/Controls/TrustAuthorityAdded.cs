namespace Writ.Governance.Controls;

/// <summary>An authority of the organization's own trust domain signs from here on; its keys lie in a file of the configuration folder.</summary>
/// <param name="Root">The root certificate, DER in base64.</param>
/// <param name="TokenKey">The key for JWT-SVIDs, a JWK.</param>
public sealed record TrustAuthorityAdded(string Root, string TokenKey) : ControlAction;
