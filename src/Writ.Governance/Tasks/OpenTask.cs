using Writ.Governance.Organizations;

namespace Writ.Governance.Tasks;

/// <summary>A task and the token that names it, as Writ keeps it: never the token's secret. Immutable.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Standing">The task.</param>
/// <param name="TokenKeyId">The public part of its token; null for an implicit task, which has none.</param>
/// <param name="TokenHash">The keyed hash of the token's secret, in hexadecimal.</param>
public sealed record OpenTask(OrganizationId Organization, TaskStanding Standing, string? TokenKeyId, string? TokenHash)
{
    /// <summary>Where the name of the user it is for has yet to be read from, as a fold leaves it; null where it is known, or for nobody.</summary>
    internal ulong? UserAt { get; init; }
}
