using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>That a person is of the organization again, and what they may do.</summary>
internal sealed record ReturnBody
{
    public required string Reason { get; init; }

    public ImmutableArray<PersonCapability> Capabilities { get; init; } = [];
}
