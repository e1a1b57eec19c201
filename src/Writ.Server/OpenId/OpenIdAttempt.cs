using Writ.Governance.Organizations;

namespace Writ.Server.OpenId;

/// <summary>A login that was sent to a provider and has not come back.</summary>
/// <param name="Organization">Where.</param>
/// <param name="Provider">Which provider, as it was registered then.</param>
/// <param name="Browser">What the browser that began it keeps in a cookie.</param>
/// <param name="Nonce">What the provider has to put into the token.</param>
/// <param name="Verifier">What redeems the code, and nobody else has (RFC 7636).</param>
/// <param name="Redirect">Where the provider sends the browser back to.</param>
internal sealed record OpenIdAttempt(OrganizationId Organization, ProviderConnection Provider, string Browser, string Nonce, string Verifier, string Redirect);
