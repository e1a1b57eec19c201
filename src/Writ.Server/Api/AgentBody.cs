using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>An agent to be registered.</summary>
internal sealed record AgentBody
{
    public required string Name { get; init; }

    public required string Environment { get; init; }

    public string? Team { get; init; }

    public string? Owner { get; init; }

    public string? BackupOwner { get; init; }

    public string? Version { get; init; }

    public string? Model { get; init; }

    public string? Domain { get; init; }

    public int? Risk { get; init; }

    public int? Autonomy { get; init; }

    public int? Ring { get; init; }

    public TaskCeiling? TaskCeiling { get; init; }

    public AgentVisibility? Visibility { get; init; }

    public ImmutableArray<string> Grants { get; init; } = [];

    public bool Activate { get; init; } = true;
}
