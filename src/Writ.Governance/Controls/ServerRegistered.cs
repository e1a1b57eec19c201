using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>A server is known, with what people confirmed about its tools. Registering a slug again replaces the connection and the classifications, and sends every tool through admission anew.</summary>
public sealed record ServerRegistered(Server Server) : ControlAction;
