using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>A person comes in by an account with an OpenID provider. <c>Subject</c> is the digest of issuer and subject.</summary>
public sealed record PersonLinked(PersonId Person, string Provider, string Subject) : ControlAction;
