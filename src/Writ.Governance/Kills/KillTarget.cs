namespace Writ.Governance.Kills;

/// <summary>What kinds of things a kill stops.</summary>
public enum KillTarget
{
    /// <summary>All agents of the organization.</summary>
    Everything,

    /// <summary>One agent.</summary>
    Agent,

    /// <summary>One version of an agent.</summary>
    Version,

    /// <summary>All agents of a team.</summary>
    Team,

    /// <summary>All calls to a server.</summary>
    Server,

    /// <summary>All calls of a tool.</summary>
    Tool,

    /// <summary>All agents that run on a model.</summary>
    Model,
}
