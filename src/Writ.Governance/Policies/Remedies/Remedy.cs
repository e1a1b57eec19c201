using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Remedies;

/// <summary>A safer variant of a refused action: a call that the agent may make instead. It is decided like any other when it comes.</summary>
/// <param name="Server">The server; always that of the refused action.</param>
/// <param name="Tool">The tool to call.</param>
/// <param name="Arguments">With what.</param>
public sealed record Remedy(ServerSlug Server, string Tool, Arguments Arguments);
