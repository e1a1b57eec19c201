namespace Writ.Gateways.Mcp.Governed;

/// <summary>What became of a permitted call.</summary>
public enum CallEffectStatus
{
    /// <summary>The tool ran and answered.</summary>
    Executed,

    /// <summary>The tool, or its server, answered that it failed.</summary>
    Failed,

    /// <summary>No answer in time; it may have run.</summary>
    TimedOut,

    /// <summary>The agent went away; it may have run.</summary>
    Cancelled,

    /// <summary>It never left Writ.</summary>
    NotDispatched,

    /// <summary>It was sent, and what then happened is not known.</summary>
    Unknown,
}
