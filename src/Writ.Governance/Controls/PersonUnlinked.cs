using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person no longer comes in by an account with an OpenID provider; sessions that it began are over.</summary>
public sealed record PersonUnlinked(PersonId Person, string Provider, string Subject, string Reason) : ControlAction;
