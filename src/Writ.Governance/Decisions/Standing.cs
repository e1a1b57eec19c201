using Writ.Governance.Agents;
using Writ.Governance.Registry;

namespace Writ.Governance.Decisions;

/// <summary>Whether an action may still be decided by the picture that its walk began with, after others were waited for.</summary>
internal static class Standing
{
    /// <summary>
    /// Whether the agent, those it acts under, its credential and what vouches for that, its policy and who has to agree are still what the walk
    /// saw, and whoever asked for the work still may.
    /// </summary>
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
                && ReferenceEquals(now.RevokedLinks, seen.RevokedLinks)
                && ReferenceEquals(now.TrustDomains.Own, seen.TrustDomains.Own)
                && ReferenceEquals(now.TrustDomains.Foreign, seen.TrustDomains.Foreign)
                && InvokeGate.MayBeAsked(now, facts)
                && (facts.Chain?.Verified is not { } chain || chain.Tokens.All(link =>
                    link.Terms.Agent.TryGetAgent(out var id) && ReferenceEquals(now.Agents.GetValueOrDefault(new AgentId(id)), seen.Agents.GetValueOrDefault(new AgentId(id)))))
                && ReferenceEquals(now.Agents.GetValueOrDefault(facts.Agent.Id), seen.Agents.GetValueOrDefault(facts.Agent.Id))
                && now.AgentKeys.GetValueOrDefault(facts.Credential) == seen.AgentKeys.GetValueOrDefault(facts.Credential)
                && now.AgentCredentials.Find(facts.Credential) == seen.AgentCredentials.Find(facts.Credential));
    }
}
