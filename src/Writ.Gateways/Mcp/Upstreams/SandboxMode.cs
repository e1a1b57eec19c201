namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>How a server's process is confined.</summary>
public enum SandboxMode
{
    /// <summary>Under bubblewrap; refused where bubblewrap does not work. Written <c>bubblewrap</c>.</summary>
    Bubblewrap,

    /// <summary>
    /// Not at all: the process may do and read whatever Writ's own account may. Written
    /// <c>none-i-accept-the-risk</c>, so that nobody says it without having read it.
    /// </summary>
    NoneIAcceptTheRisk,
}
