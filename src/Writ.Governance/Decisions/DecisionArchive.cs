using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Vault;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>
/// Finds recent decisions by id, escalation token or recency, for people. It remembers where the newest ones lie and reads them from
/// the log, so that what it shows is what is recorded. Thread safe.
/// </summary>
public sealed class DecisionArchive(IRecordLog log, PayloadSealer sealer) : IFoldState
{
    /// <summary>How many decisions of one organization are found by id.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<OrganizationId, Places> _organizations = [];

    /// <summary>Remembers a decision whose record is durable.</summary>
    public void Remember(DecisionId id, OrganizationId organization, ulong index, string? escalation)
    {
        lock (_lock)
            Of_NeedsLock(organization).Add(id, new ArchivedDecision(index, escalation, null));
    }

    /// <summary>Remembers where the effect of a decision lies.</summary>
    public void RememberEffect(OrganizationId organization, DecisionId id, ulong index)
    {
        lock (_lock)
        {
            if (_organizations.TryGetValue(organization, out var places) && places.ById.TryGetValue(id, out var known))
                places.ById[id] = known with { EffectIndex = index };
        }
    }

    /// <summary>The record of a decision of this organization, with its index and its effect; null where there is none to be found.</summary>
    public async ValueTask<JsonObject?> FindAsync(OrganizationId organization, DecisionId id, CancellationToken cancellation)
    {
        if (Place(organization, id) is not { } place || await ReadAsync(organization, place.Index, cancellation) is not { } record)
            return null;
        record["index"] = place.Index;
        var effect = place.EffectIndex is { } at ? await ReadAsync(organization, at, cancellation) : null;
        record["effect_record"] = effect;
        return record;
    }

    /// <summary>Where the record of a decision lies or lay; null where that is not remembered.</summary>
    public ulong? IndexOf(OrganizationId organization, DecisionId id) => Place(organization, id)?.Index;

    /// <summary>The decision a refused agent's token stands for.</summary>
    public DecisionId? ByEscalation(OrganizationId organization, string token)
    {
        lock (_lock)
            return _organizations.TryGetValue(organization, out var places) && places.ByEscalation.TryGetValue(token, out var id) ? id : null;
    }

    /// <summary>The newest decisions of an organization, newest first.</summary>
    public IReadOnlyList<DecisionId> Newest(OrganizationId organization, int limit)
    {
        lock (_lock)
            return _organizations.TryGetValue(organization, out var places) ? [.. places.OldestFirst.Reverse().Take(limit)] : [];
    }

    /// <summary>What the agent wrote, unsealed: null where the payload is gone or cannot be opened.</summary>
    public async ValueTask<JsonElement?> OpenPayloadAsync(OrganizationId organization, DecisionId id, CancellationToken cancellation)
    {
        if (Place(organization, id) is not { } place
            || await log.ReadPayloadAsync(organization, place.Index, cancellation) is not { } sealedPayload
            || !sealer.TryOpen(organization, id.Value, sealedPayload.Span, out var payload))
            return null;
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.Clone();
    }

    /// <summary>The sealed payload of a decision, opened, or why it is not; null where there is none to be found.</summary>
    public async ValueTask<OpenResult?> ReadPayloadAsync(OrganizationId organization, DecisionId id, CancellationToken cancellation) =>
        Place(organization, id) is { } place && await log.ReadPayloadAsync(organization, place.Index, cancellation) is { } sealedPayload
            ? sealer.Open(organization, id.Value, sealedPayload.Span)
            : null;

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_lock)
        {
            writer.Number(_organizations.Count);
            foreach (var (organization, places) in _organizations.OrderBy(o => o.Key.ToString(), StringComparer.Ordinal))
            {
                writer.Text(organization.ToString());
                places.WriteTo(writer);
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_lock)
        {
            for (var organizations = reader.Count(); organizations > 0; organizations--)
                Of_NeedsLock(OrganizationId.Parse(reader.Text())).ReadFrom(reader);
        }
    }

    private Places Of_NeedsLock(OrganizationId organization)
    {
        if (!_organizations.TryGetValue(organization, out var places))
            _organizations.Add(organization, places = new Places());
        return places;
    }

    private ArchivedDecision? Place(OrganizationId organization, DecisionId id)
    {
        lock (_lock)
            return _organizations.TryGetValue(organization, out var places) && places.ById.TryGetValue(id, out var place) ? place : null;
    }

    private async ValueTask<JsonObject?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        await log.ReadAsync(organization, index, cancellation) is { } bytes ? JsonNode.Parse(bytes.Span) as JsonObject : null;

    /// <summary>The newest decisions of one organization: what one does pushes out no other's. Used under the archive's lock.</summary>
    private sealed class Places
    {
        public Dictionary<DecisionId, ArchivedDecision> ById { get; } = [];

        public Dictionary<string, DecisionId> ByEscalation { get; } = [];

        public Queue<DecisionId> OldestFirst { get; } = new();

        public void Add(DecisionId id, ArchivedDecision place)
        {
            if (!ById.TryAdd(id, place))
                return;
            OldestFirst.Enqueue(id);
            if (place.Escalation is { } escalation)
                ByEscalation[escalation] = id;
            if (OldestFirst.Count > Capacity && ById.Remove(OldestFirst.Dequeue(), out var dropped) && dropped.Escalation is { } token)
                ByEscalation.Remove(token);
        }

        public void WriteTo(FoldWriter writer)
        {
            writer.Number(OldestFirst.Count);
            foreach (var id in OldestFirst)
            {
                var place = ById[id];
                writer.Id(id.Value);
                writer.Number(place.Index);
                writer.OptionalText(place.Escalation);
                writer.Flag(place.EffectIndex is not null);
                writer.Number(place.EffectIndex ?? 0);
            }
        }

        public void ReadFrom(FoldReader reader)
        {
            var count = reader.Count();
            ById.EnsureCapacity(Math.Min(count, Capacity));
            for (; count > 0; count--)
            {
                var (id, index, escalation, hasEffect, effect) = (reader.Id(), reader.Unsigned(), reader.OptionalText(), reader.Flag(), reader.Unsigned());
                Add(new DecisionId(id), new ArchivedDecision(index, escalation, hasEffect ? effect : null));
            }
        }
    }
}
