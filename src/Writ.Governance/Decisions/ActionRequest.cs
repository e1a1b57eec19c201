using Writ.Governance.Policies;
using Writ.Governance.Registry;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>One thing an agent wants to do, as a door made it: what the agent said and what Writ knows, apart.</summary>
/// <param name="Id">The id of the decision to come.</param>
/// <param name="Organization">The state of the organization this action is decided against; one immutable picture for all gates.</param>
/// <param name="Facts">What Writ knows.</param>
/// <param name="Server">The server the agent named.</param>
/// <param name="ToolName">The tool the agent named, at most <see cref="Tools.ToolName.MaxLength"/> characters.</param>
/// <param name="Tool">The tool, where the server has one of that name.</param>
/// <param name="Arguments">What the agent supplied.</param>
/// <param name="Enforceable">The kinds of constraints that the door can enforce; any other that applies denies.</param>
public sealed record ActionRequest(
    DecisionId Id,
    OrganizationState Organization,
    Facts Facts,
    ServerSlug Server,
    string ToolName,
    Tool? Tool,
    Arguments Arguments,
    IReadOnlySet<string> Enforceable)
{
    /// <summary>The policy that decides: the one that holds in the organization, unless this action is tried on another.</summary>
    public ActivePolicy Policy { get => field ?? Organization.Policy; init; }
}
