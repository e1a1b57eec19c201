using Writ.Governance.Directories;

namespace Writ.Server.Api;

/// <summary>A directory to be let in.</summary>
internal sealed record DirectoryBody
{
    public required string Label { get; init; }

    /// <summary>How many days its token works.</summary>
    public int Days { get; init; } = 180;

    /// <summary>The OpenID provider with which its users have their accounts; absent where people link them.</summary>
    public string? Provider { get; init; }

    /// <summary>Which attribute of a user is the account's <c>sub</c>.</summary>
    public SubjectSource? Subject { get; init; }
}
