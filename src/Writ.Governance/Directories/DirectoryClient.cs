namespace Writ.Governance.Directories;

/// <summary>A directory that tells Writ who is of the organization, as the registry knows it: never the secret. Immutable.</summary>
/// <param name="KeyId">The public part of its token.</param>
/// <param name="Label">What people call it. Tokens of one label are one directory; its people and groups are its own.</param>
/// <param name="SecretHash">The keyed hash of the token.</param>
/// <param name="ExpiresAt">From this instant on it is refused.</param>
public sealed record DirectoryClient(string KeyId, string Label, string SecretHash, DateTimeOffset ExpiresAt)
{
    /// <summary>The most of one organization.</summary>
    public const int MostOfAnOrganization = 8;

    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The OpenID provider with which its users have their accounts; null where people link them.</summary>
    public string? Provider { get; init; }

    /// <summary>Which attribute is the account's subject; null where people link them.</summary>
    public SubjectSource? Subject { get; init; }
}
