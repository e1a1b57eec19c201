using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Controls;

/// <summary>What Writ's own floor says about control actions.</summary>
public static class ControlActions
{
    /// <summary>Whether the action only ever takes rights away. Such an action is in force before it is recorded.</summary>
    public static bool IsRestriction(this ControlAction action) => action switch
    {
        AgentLifecycleChanged { To: AgentLifecycle.Suspended or AgentLifecycle.Retired } => true,
        AgentKeyRevoked => true,
        ToolQuarantined => true,
        _ => false,
    };

    /// <summary>The name under which the control bundle decides the action.</summary>
    public static string PolicyName(this ControlAction action) => action switch
    {
        OrganizationCreated => "control/organization.create",
        PersonAdded or PersonTokenIssued => "control/person.add",
        AgentRegistered => "control/agent.register",
        AgentLifecycleChanged { To: AgentLifecycle.Suspended or AgentLifecycle.Retired } => "control/agent.suspend",
        AgentLifecycleChanged => "control/agent.activate",
        AgentGrantsChanged => "control/agent.grant",
        AgentKeyIssued => "control/agent.key.issue",
        AgentKeyRevoked => "control/agent.key.revoke",
        ServerRegistered => "control/server.register",
        ToolAdmitted => "control/tool.admit",
        ToolQuarantined => "control/tool.quarantine",
        BundlePart or BundlePublished => "control/bundle.publish",
        EnforcementPointRegistered => "control/enforcement-point.register",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <summary>Whether one person stands for two: nobody else in the organization has the security capability.</summary>
    public static bool IsSolo(this Registry.OrganizationState organization) =>
        organization.People.Values.Count(p => p.Has(PersonCapability.Security)) < 2;
}
