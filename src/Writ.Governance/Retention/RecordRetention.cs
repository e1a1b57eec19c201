using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Retention;

/// <summary>
/// Lets whole segments of the decision log go once every record in them is past the retention of its class and under no hold, their payloads were removed,
/// a signed checkpoint covers them, an archive has them where there is one, and a fold snapshot carries what follows from them. The record of it comes
/// first, then the bytes; their hashes stay. By a clock that cannot be relied on nothing goes. For one caller at a time.
/// </summary>
public sealed class RecordRetention(
    ControlService controls, RegistryHolder registry, IRecordLog log, IRecordPruning pruning, ClockWatch clock, TimeProvider time, RecordRetentionOptions options)
{
    /// <summary>The most records of an organization that are looked at in one round; the next goes on where it ended.</summary>
    public const int MostAtOnce = 500_000;

    private readonly Dictionary<OrganizationId, (RetentionTerms Terms, ulong To)> _looked = [];
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Looks, where that is due; why for people something could not go, else null.</summary>
    public async Task<string?> PruneDueAsync(CancellationToken cancellation) =>
        time.GetUtcNow() >= _next ? await PruneAsync(cancellation) : null;

    /// <summary>Lets go of what is past its time; why for people it could not, else null.</summary>
    public async Task<string?> PruneAsync(CancellationToken cancellation)
    {
        _next = time.GetUtcNow() + RetentionService.Period;
        if (clock.Obstacle is not null)
            return null;
        var limits = new Dictionary<OrganizationId, ulong>();
        foreach (var state in registry.Current.Organizations.Values)
            limits[state.Id] = state.Holds.IsEmpty ? await LimitAsync(state, cancellation) : pruning.FirstRecord(state.Id);
        if (pruning.Plan(limits) is { } plan && plan.LastSegment <= options.Archived() && await RecordAsync(plan, cancellation) is { } unrecorded)
            return unrecorded;
        return Replay();
    }

    /// <summary>Removes, also at a start, what is recorded as removed: a crash may have come in between. Why it cannot; else null.</summary>
    public string? Replay()
    {
        var recorded = registry.Current.Organizations.Values.Where(state => state.PrunedRecords is not null && state.Holds.IsEmpty).ToDictionary(state => state.Id, state => state.PrunedRecords!);
        var waiting = recorded.Where(r => r.Value.To > pruning.FirstRecord(r.Key)).ToList();
        // What follows from them must be somewhere else before they go. Where it is not, they stay until a later record names another.
        return waiting.Count == 0 || !waiting.TrueForAll(r => options.IsCarried?.Invoke(r.Value.Snapshot) ?? true)
            ? null
            : pruning.Prune(recorded.ToDictionary(r => r.Key, r => r.Value.To), recorded.ToDictionary(r => r.Key, r => r.Value.Record));
    }

    /// <summary>Whether records of anybody are gone.</summary>
    public bool HasPruned() => registry.Current.Organizations.Keys.Any(organization => pruning.FirstRecord(organization) > 0);

    /// <summary>Whose records are gone although no record says that they may be; null where there are none.</summary>
    public OrganizationId? Unrecorded()
    {
        foreach (var state in registry.Current.Organizations.Values)
        {
            if (pruning.FirstRecord(state.Id) > (state.PrunedRecords?.To ?? 0))
                return state.Id;
        }

        return null;
    }

    private async Task<string?> RecordAsync(PrunableRecords plan, CancellationToken cancellation)
    {
        var fresh = plan.Ends.Where(end => end.Value.To > (State(end.Key).PrunedRecords?.To ?? 0)).ToList();
        if (fresh.Count == 0)
            return null;
        if (await options.CarryState(cancellation) is not { } snapshot)
            return "no fold snapshot could be made for now, so no records are removed";
        foreach (var (organization, (to, root)) in fresh)
        {
            var terms = State(organization).Retention;
            // Decided by the state as it is when its turn comes: a hold, or longer terms, may have come meanwhile.
            var outcome = await controls.TakeAsync(
                organization, null, Presence.Installation,
                now => now!.Holds.IsEmpty && now.Retention == terms && clock.Obstacle is null
                    ? ControlPlan.Take(new RecordsPruned(now.PrunedRecords?.To ?? 0, to, root.ToHex(), snapshot.Digest, snapshot.Format))
                    : ControlPlan.Refuse("something stands against it"),
                cancellation);
            // What the others recorded stays allowed; it goes once this one may.
            if (outcome is not ControlOutcome.Done)
                return null;
        }

        return null;
    }

    private OrganizationState State(OrganizationId organization) => registry.Current.Organizations[organization];

    /// <summary>The index of the first record that has to stay, as far as was looked.</summary>
    private async Task<ulong> LimitAsync(OrganizationState state, CancellationToken cancellation)
    {
        var from = _looked.TryGetValue(state.Id, out var looked) && looked.Terms == state.Retention ? looked.To : 0;
        var first = Math.Max(from, pruning.FirstRecord(state.Id));
        var (to, now) = (first, time.GetUtcNow());
        await foreach (var stored in log.ReadFromAsync(state.Id, first, cancellation))
        {
            using var document = JsonDocument.Parse(stored.Bytes);
            var record = RetainedRecord.Read(document.RootElement);
            if (stored.Index - first >= MostAtOnce || record.At >= now - state.Retention.Of(record.Class)
                || (record.HasPayload && stored.Index >= state.Pruned.GetValueOrDefault(record.Class).To))
                break;
            to = stored.Index + 1;
        }

        _looked[state.Id] = (state.Retention, to);
        return to;
    }
}
