namespace Writ.Governance.Controls;

/// <summary>An OpenID provider is believed no more; its links and sessions are over.</summary>
public sealed record OpenIdProviderRemoved(string Name, string Reason) : ControlAction;
