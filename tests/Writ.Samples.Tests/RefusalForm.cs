namespace Writ.Samples.Tests;

/// <summary>The two ways in which a door may tell an MCP client that a call was refused.</summary>
public enum RefusalForm
{
    /// <summary>A JSON-RPC error with the refusal as its data.</summary>
    ProtocolError,

    /// <summary>A tool result that is an error, with the refusal as its structured content.</summary>
    ToolResult,
}
