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
    ImmutableArray<string> Enforces);
