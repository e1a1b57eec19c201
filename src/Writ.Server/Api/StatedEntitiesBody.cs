using System.Collections.Immutable;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary>Subjects and resources of an application to be stated, stated anew or, with properties of null, taken back.</summary>
internal sealed record StatedEntitiesBody
{
    /// <summary>1 to 1,000 at a time.</summary>
    public required ImmutableArray<StatedEntity> Entities { get; init; }
}
