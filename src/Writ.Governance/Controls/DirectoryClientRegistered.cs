using Writ.Governance.Directories;

namespace Writ.Governance.Controls;

/// <summary>A directory may say who is of the organization, with a token of which only the keyed hash is kept.</summary>
/// <param name="KeyId">The public part of the token.</param>
/// <param name="Label">What people call it.</param>
/// <param name="SecretHash">The keyed hash of the token.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record DirectoryClientRegistered(string KeyId, string Label, string SecretHash, DateTimeOffset ExpiresAt) : ControlAction
{
    /// <summary>The OpenID provider with which its users have their accounts.</summary>
    public string? Provider { get; init; }

    /// <summary>Which attribute is the account's subject.</summary>
    public SubjectSource? Subject { get; init; }
}
