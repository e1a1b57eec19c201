using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>An OpenID provider is believed about the accounts that are linked to people. Registering a name again replaces it, and ends its sessions.</summary>
public sealed record OpenIdProviderRegistered(OpenIdProvider Provider) : ControlAction;
