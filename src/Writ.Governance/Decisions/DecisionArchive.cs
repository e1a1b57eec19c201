using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Crypto.Vault;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Governance.Decisions;

/// <summary>
/// Finds recent decisions by id, escalation token or recency, for people. It remembers where the newest ones lie and reads them from
/// the log, so that what it shows is what is recorded. Thread safe.
/// </summary>
public sealed class DecisionArchive(IRecordLog log, PayloadSealer sealer)
{
    /// <summary>How many decisions are found by id.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<DecisionId, ArchivedDecision> _byId = [];
    private readonly Dictionary<string, DecisionId> _byEscalation = [];
    private readonly Queue<DecisionId> _oldestFirst = new();

    /// <summary>Remembers a decision whose record is durable.</summary>
    public void Remember(DecisionId id, OrganizationId organization, ulong index, string? escalation)
    {
        lock (_lock)
        {
            if (!_byId.TryAdd(id, new ArchivedDecision(organization, index, escalation, null)))
                return;
            _oldestFirst.Enqueue(id);
            if (escalation is not null)
                _byEscalation[escalation] = id;
            if (_oldestFirst.Count > Capacity && _byId.Remove(_oldestFirst.Dequeue(), out var dropped) && dropped.Escalation is { } token)
                _byEscalation.Remove(token);
        }
    }

    /// <summary>Remembers where the effect of a decision lies.</summary>
    public void RememberEffect(DecisionId id, ulong index)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var known))
                _byId[id] = known with { EffectIndex = index };
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

    /// <summary>The decision a refused agent's token stands for.</summary>
    public DecisionId? ByEscalation(OrganizationId organization, string token)
    {
        lock (_lock)
            return _byEscalation.TryGetValue(token, out var id) && _byId[id].Organization == organization ? id : null;
    }

    /// <summary>The newest decisions of an organization, newest first.</summary>
    public IReadOnlyList<DecisionId> Newest(OrganizationId organization, int limit)
    {
        lock (_lock)
            return [.. _oldestFirst.Reverse().Where(id => _byId[id].Organization == organization).Take(limit)];
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

    private ArchivedDecision? Place(OrganizationId organization, DecisionId id)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out var place) && place.Organization == organization ? place : null;
    }

    private async ValueTask<JsonObject?> ReadAsync(OrganizationId organization, ulong index, CancellationToken cancellation) =>
        await log.ReadAsync(organization, index, cancellation) is { } bytes ? JsonNode.Parse(bytes.Span) as JsonObject : null;
}
