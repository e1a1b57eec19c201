using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Trust;

namespace Writ.Server.Api;

/// <summary>How far an agent is trusted, as the API shows it.</summary>
/// <param name="Agent">Who.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">0 to 1000.</param>
/// <param name="Tier">What the score is called.</param>
/// <param name="Vector">The five respects: three that earn the score, two that limit it.</param>
internal sealed record TrustView(AgentId Agent, string Name, int Score, string Tier, ImmutableArray<TrustRespectView> Vector)
{
    public static TrustView Of(Agent agent, TrustVector vector) => new(agent.Id, agent.Name, vector.Score, vector.Tier.Word(),
    [
        new TrustRespectView("identity", vector.Identity),
        TrustRespectView.Of("behaviour", vector.Behaviour),
        TrustRespectView.Of("compliance", vector.Compliance),
        TrustRespectView.Of("reliability", vector.Reliability),
        new TrustRespectView("exposure", vector.Exposure),
    ]);
}
