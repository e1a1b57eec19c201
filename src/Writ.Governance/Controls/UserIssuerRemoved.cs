namespace Writ.Governance.Controls;

/// <summary>An issuer is believed no more, and no token that rests on its word counts from the next call on.</summary>
/// <param name="Name">The issuer.</param>
/// <param name="Reason">Why.</param>
public sealed record UserIssuerRemoved(string Name, string Reason) : ControlAction;
