using Writ.Governance.Users;

namespace Writ.Governance.Controls;

/// <summary>Somebody wants an issuer to be believed about end users; nothing comes of it before another person says so too.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Digest">What the other person confirms.</param>
public sealed record UserIssuerProposed(UserIssuer Issuer, string Digest) : ControlAction;
