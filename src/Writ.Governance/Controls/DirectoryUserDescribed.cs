using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>What a directory says of a person, sealed under the person's own key.</summary>
/// <param name="Person">Whom.</param>
/// <param name="Id">What the ciphertext is bound to.</param>
/// <param name="Sealed">The ciphertext, in base64url.</param>
public sealed record DirectoryUserDescribed(PersonId Person, Guid Id, string Sealed) : ControlAction;
