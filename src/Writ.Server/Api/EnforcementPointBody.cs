using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary>An enforcement point to be registered.</summary>
internal sealed record EnforcementPointBody
{
    public required string Name { get; init; }

    public required ImmutableArray<AgentId> Agents { get; init; }

    public ImmutableArray<string> Facts { get; init; } = [];

    /// <summary>The kinds of constraints it enforces; none means that anything constrained is denied to it.</summary>
    public ImmutableArray<string> Enforces { get; init; } = [];

    /// <summary>The application it stands before; null where it asks for agents by name only.</summary>
    public ProtectedApplication? Application { get; init; }
}
