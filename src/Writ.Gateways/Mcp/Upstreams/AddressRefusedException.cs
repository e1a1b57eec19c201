namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Carries a refused address out of the HTTP handler, where only an exception can; never leaves this folder.</summary>
internal sealed class AddressRefusedException(string message) : IOException(message);
