namespace Writ.Governance.Controls;

/// <summary>An issuer is believed about end users: what its tokens say of them are facts. A name that was registered before is replaced.</summary>
/// <param name="Name">The issuer, as it was proposed last.</param>
/// <param name="Digest">What was proposed.</param>
public sealed record UserIssuerRegistered(string Name, string Digest) : ControlAction;
