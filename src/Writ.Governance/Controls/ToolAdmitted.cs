using System.Text.Json;
using Writ.Governance.Tools;

namespace Writ.Governance.Controls;

/// <summary>A tool's whole definition is pinned under its digest.</summary>
public sealed record ToolAdmitted(ServerSlug Server, string Tool, string Digest, JsonElement Definition) : ControlAction;
