using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.Tools;

/// <summary>A program outside Writ that asks for decisions and enforces them. Immutable.</summary>
/// <param name="Name">Its name inside the organization.</param>
/// <param name="KeyId">The public part of its credential.</param>
/// <param name="SecretHash">The keyed hash of its secret, in hexadecimal.</param>
/// <param name="Agents">The agents it may ask for; none means none.</param>
/// <param name="Facts">The names of the facts it may assert; whatever else it sends is arguments.</param>
/// <param name="Enforces">The kinds of constraints it enforces; an action under any other is denied to it.</param>
public sealed record EnforcementPoint(
    string Name,
    string KeyId,
    string SecretHash,
    ImmutableArray<AgentId> Agents,
    ImmutableArray<string> Facts,
    ImmutableArray<string> Enforces)
{
    /// <summary>The application it stands before; null where it asks for agents by name only.</summary>
    public ProtectedApplication? Application { get; init; }

    /// <summary>The subjects and resources of that application.</summary>
    public StatedEntities Entities { get; init; } = StatedEntities.None;
}
