namespace Writ.Governance.Decisions;

/// <summary>Where an action entered. A door is an enforcement point.</summary>
public enum Door
{
    /// <summary>An MCP tool call through Writ.</summary>
    Mcp,

    /// <summary>A registered enforcement point that asked over the decision API.</summary>
    DecisionApi,

    /// <summary>Writ itself, which calls a tool for a fact that a decision needs.</summary>
    FactLookup,

    /// <summary>A recorded call decided again, offline. Never acts.</summary>
    Replay,
}
