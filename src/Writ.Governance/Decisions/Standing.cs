using Writ.Governance.Registry;

namespace Writ.Governance.Decisions;

/// <summary>Whether an action may still be decided by the picture that its walk began with, after others were waited for.</summary>
internal static class Standing
{
    /// <summary>Whether the agent, its credential, its policy and who has to agree are still what the walk saw.</summary>
    public static bool StillHolds(this RegistryHolder registry, ActionRequest request)
    {
        var (seen, facts) = (request.Organization, request.Facts);
        var now = registry.Current.Organizations.GetValueOrDefault(seen.Id);
        return ReferenceEquals(now, seen)
            || (now is not null
                && ReferenceEquals(now.Policy, seen.Policy)
                && (ReferenceEquals(request.Policy, seen.Policy) || ReferenceEquals(now.Canary, seen.Canary))
                && ReferenceEquals(now.DecisionPoints, seen.DecisionPoints)
                && ReferenceEquals(now.Kills, seen.Kills)
                && ReferenceEquals(now.Agents.GetValueOrDefault(facts.Agent.Id), seen.Agents.GetValueOrDefault(facts.Agent.Id))
                && now.AgentKeys.GetValueOrDefault(facts.Credential) == seen.AgentKeys.GetValueOrDefault(facts.Credential)
                && now.AgentCredentials.Find(facts.Credential) == seen.AgentCredentials.Find(facts.Credential));
    }
}
