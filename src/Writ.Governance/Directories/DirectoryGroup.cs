using System.Collections.Immutable;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Directories;

/// <summary>
/// A group that a directory keeps. It is nothing to Writ until two people say that a team has its members. Immutable.
/// </summary>
/// <param name="Id">Names it; minted by Writ.</param>
/// <param name="Directory">The label of the directory that keeps it: no other does, and its next token does again.</param>
/// <param name="Name">What the directory calls it.</param>
/// <param name="ExternalId">The directory's own id of it; null where it has none.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="ModifiedAt">When it changed last, UTC.</param>
public sealed record DirectoryGroup(Guid Id, string Directory, string Name, string? ExternalId, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>The most of one organization.</summary>
    public const int MostOfAnOrganization = 1_000;

    /// <summary>The most members.</summary>
    public const int MostMembers = 5_000;

    /// <summary>The most members that one record adds and takes.</summary>
    public const int MostOfARecord = 400;

    /// <summary>Who is in it, those who left included: people of whom the same directory speaks.</summary>
    public ImmutableSortedSet<PersonId> Members { get; init; } = ImmutableSortedSet.Create<PersonId>(Comparer<PersonId>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString())));

    /// <summary>The team that has its members; null while none does.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The team that one person wants it to keep, who, and when; null where nobody does.</summary>
    public (TeamId Team, PersonId By, DateTimeOffset At)? Proposal { get; init; }
}
