namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// Whose upstream it is: nothing of one organization, server or identity is ever shared with another (T84).
/// </summary>
/// <param name="Organization">The organization.</param>
/// <param name="Server">The server's slug in it.</param>
/// <param name="Identity">As whom the server is called: callers with different credentials there differ here.</param>
public readonly record struct UpstreamKey(string Organization, string Server, string Identity);
