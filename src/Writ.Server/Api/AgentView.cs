using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.People;

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

    /// <summary>The agent for a reader: of other agents that it has to do with, only those that the reader may know of. Its owners see whom they agreed with.</summary>
    public static AgentView Of(Agent agent, Caller.PersonCaller reader, DateTimeOffset now) => new(
        agent.Id, agent.Name, agent.Team.ToString(), agent.Owner.ToString(), agent.BackupOwner?.ToString(), agent.Version, agent.Model,
        agent.Environment, agent.Domain, agent.Lifecycle, agent.Visibility, agent.Risk, agent.Autonomy, agent.Ring,
        [.. agent.Grants.Select(g => g.ToString())])
    {
        TaskCeiling = agent.TaskCeiling,
        Card = agent.Card is { } card ? CardView.Of(card) : null,
        Origin = agent.Origin is { } origin ? new OriginView(origin.Source, ReferenceOf(origin, reader, now), origin.Claims) : null,
        Consents = [.. agent.Consents.Values.Where(consent => consent.Who.Agent is not { } other || IsOwner(agent, reader.Person) || IsKnown(other, reader, now)).Select(ConsentView.Of)],
        Suspension = agent.Suspension is { } stopped ? new SuspensionView(stopped.Cause, stopped.By?.ToString(), stopped.At, stopped.Reason) : null,
        TookOver = agent.Succession is { } came ? new SuccessionView(came.From.ToString(), came.At) : null,
        Offer = agent.Offer is { } offer ? new OfferView(offer.To.ToString(), offer.By?.ToString(), offer.At + OwnershipOffer.Life, offer.Reason) : null,
    };

    // What a copy was made of stays empty where the reader may not know of it.
    private static string ReferenceOf(AgentOrigin origin, Caller.PersonCaller reader, DateTimeOffset now) =>
        origin.Source != AgentSource.Clone || (AgentId.TryParse(origin.Reference, null, out var source) && IsKnown(source, reader, now)) ? origin.Reference : "";

    private static bool IsOwner(Agent agent, Person reader) => agent.Owner == reader.Id || agent.BackupOwner == reader.Id;

    private static bool IsKnown(AgentId id, Caller.PersonCaller reader, DateTimeOffset now) => reader.Organization.FindFor(reader.Person, id, now) is not null;
}
