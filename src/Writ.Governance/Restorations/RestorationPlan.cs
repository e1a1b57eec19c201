using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Registry;

namespace Writ.Governance.Restorations;

/// <summary>What a person's wish about a restore comes down to.</summary>
public static class RestorationPlan
{
    /// <summary>Confirms a restore; <paramref name="obstacle"/> says why the confirmation does not count.</summary>
    public static ControlPlan Confirm(OrganizationState state, string domain, PersonId by, DateTimeOffset now, out ConfirmationObstacle? obstacle)
    {
        ArgumentNullException.ThrowIfNull(state);
        obstacle = null;
        if (state.Restoration is not { } restoration || restoration.Domain != domain)
            return ControlPlan.Refuse(state.Restoration is { } other ? $"The last restore is {other.Domain}, not that." : "This installation was never restored.");
        if (restoration.IsConfirmed)
            return ControlPlan.Refuse("That restore is confirmed already.");
        obstacle = state.Obstacle(by, now);
        return obstacle is null ? ControlPlan.Take(new RestorationConfirmed(domain)) : ControlPlan.Refuse(obstacle.Text);
    }

    /// <summary>Lets a suspended key work again.</summary>
    public static ControlPlan Reconfirm(OrganizationState state, string keyId)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.AgentKeys.TryGetValue(keyId, out var key) && key.Suspended
            ? ControlPlan.Take(new AgentKeyReconfirmed(key.Agent, keyId))
            : state.AgentCredentials.Find(keyId) is { Suspended: true } credential ? ControlPlan.Take(new AgentKeyReconfirmed(credential.Agent, keyId))
            : ControlPlan.Refuse("There is no suspended key of that id.");
    }
}
