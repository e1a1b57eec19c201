using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>An agent as the API shows it.</summary>
internal sealed record AgentView(
    AgentId Id, string Name, string Team, string Owner, string? BackupOwner, string Version, string Model, string Environment, string Domain,
    AgentLifecycle Lifecycle, AgentVisibility Visibility, int Risk, int Autonomy, int Ring, ImmutableArray<string> Grants)
{
    public TaskCeiling? TaskCeiling { get; init; }

    public OriginView? Origin { get; init; }

    public CardView? Card { get; init; }

    public SuspensionView? Suspension { get; init; }

    public SuccessionView? TookOver { get; init; }

    public OfferView? Offer { get; init; }

    public ImmutableArray<ConsentView> Consents { get; init; } = [];

    public static AgentView Of(Agent agent) => new(
        agent.Id, agent.Name, agent.Team.ToString(), agent.Owner.ToString(), agent.BackupOwner?.ToString(), agent.Version, agent.Model,
        agent.Environment, agent.Domain, agent.Lifecycle, agent.Visibility, agent.Risk, agent.Autonomy, agent.Ring,
        [.. agent.Grants.Select(g => g.ToString())])
    {
        TaskCeiling = agent.TaskCeiling,
        Card = agent.Card is { } card ? CardView.Of(card) : null,
        Origin = agent.Origin is { } origin ? new OriginView(origin.Source, origin.Reference, origin.Claims) : null,
        Consents = [.. agent.Consents.Values.Select(ConsentView.Of)],
        Suspension = agent.Suspension is { } stopped ? new SuspensionView(stopped.Cause, stopped.By?.ToString(), stopped.At, stopped.Reason) : null,
        TookOver = agent.Succession is { } came ? new SuccessionView(came.From.ToString(), came.At) : null,
        Offer = agent.Offer is { } offer ? new OfferView(offer.To.ToString(), offer.By?.ToString(), offer.At + OwnershipOffer.Life, offer.Reason) : null,
    };
}
