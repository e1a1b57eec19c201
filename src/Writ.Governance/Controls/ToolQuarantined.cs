using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>A tool cannot be called until a person decides; <c>Digest</c> is what the server showed.</summary>
public sealed record ToolQuarantined(ServerSlug Server, string Tool, string Digest, string Cause) : ControlAction;
