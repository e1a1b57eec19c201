namespace Writ.Server.Api;

/// <summary>Where an agent is spoken to, how, and by which version of A2A.</summary>
internal sealed record InterfaceBody(string Url, string Binding = "JSONRPC", string Version = "1.0");
