using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>A permitted action that may run now. Its effect is owed: settle it exactly once, whatever happens.</summary>
/// <param name="Decision">The decision that permitted it.</param>
/// <param name="Organization">Whose.</param>
/// <param name="Subject">Under whose key the result is sealed: the user acted for, else the agent.</param>
/// <param name="Effect">What kind of effect is owed.</param>
/// <param name="DispatchedAt">When it was permitted.</param>
/// <param name="Enforcer">Who settles: a door of Writ, or the enforcement point of this key id.</param>
public sealed record Dispatch(
    DecisionId Decision,
    OrganizationId Organization,
    PayloadSubject Subject,
    EffectClass Effect,
    DateTimeOffset DispatchedAt,
    string? Enforcer)
{
    /// <summary>Whose conduct it is; null for a look-up of Writ's own.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>How long the decision took to become durable; null after a restart.</summary>
    public TimeSpan? Recording { get; init; }
}
