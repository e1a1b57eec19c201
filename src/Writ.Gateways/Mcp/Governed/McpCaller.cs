namespace Writ.Gateways.Mcp.Governed;

/// <summary>An agent that a credential has proved, as the door needs to know it. The governor's side derives its own.</summary>
/// <param name="Organization">Whose agent it is; from the credential, never from the request.</param>
/// <param name="Credential">The public part of the credential: sessions and turns are bound to it.</param>
public abstract record McpCaller(string Organization, string Credential);
