using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Retention;

/// <summary>
/// Removes payloads that were kept as long as an organization wants: the record of it first, then the bytes. Never under a hold, and never by a
/// clock that jumped. Thread safe.
/// </summary>
public sealed class RetentionService(ControlService controls, RegistryHolder registry, IRecordLog log, IRecordPruning pruning, ClockWatch clock, TimeProvider time) : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>The most records of one round; the next goes on where it ended.</summary>
    public const int MostAtOnce = 100_000;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    // Up to where no payload of a class is left: what a log has is not read again for it every hour.
    private readonly Dictionary<(OrganizationId, RetentionClass), ulong> _looked = [];
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Looks, where that is due.</summary>
    public async Task PruneDueAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow() >= _next)
            await PruneAsync(cancellation);
    }

    /// <summary>Removes what is past its time; the reason for people where something could not be removed, else null.</summary>
    public async Task<string?> PruneAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            _next = time.GetUtcNow() + Period;
            string? fault = null;
            foreach (var organization in registry.Current.Organizations.Keys)
            {
                foreach (var @class in Enum.GetValues<RetentionClass>())
                    fault = await PruneAsync(organization, @class, cancellation) ?? fault;
            }

            return fault;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Removes again, at a start, what was recorded last as removed: a crash may have come in between. Why it cannot; else null.</summary>
    public async Task<string?> ReplayAsync(CancellationToken cancellation)
    {
        foreach (var state in registry.Current.Organizations.Values)
        {
            foreach (var (@class, range) in state.Pruned)
            {
                var (indexes, _) = await CollectAsync(state.Id, @class, range.From, range.To, DateTimeOffset.MaxValue, cancellation);
                if (await log.PrunePayloadsAsync(state.Id, indexes) is { } fault)
                    return fault;
            }
        }

        return null;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string?> PruneAsync(OrganizationId organization, RetentionClass @class, CancellationToken cancellation)
    {
        var state = registry.Current.Organizations[organization];
        if (!state.Holds.IsEmpty || clock.Obstacle is not null)
            return null;
        var from = state.Pruned.GetValueOrDefault(@class).To;
        var (indexes, to) = await CollectAsync(organization, @class, Math.Max(from, _looked.GetValueOrDefault((organization, @class))), ulong.MaxValue, time.GetUtcNow() - state.Retention.Of(@class), cancellation);
        if (indexes.Count == 0)
        {
            _looked[(organization, @class)] = to;
            return null;
        }

        // Decided by the state as it is when its turn comes: a hold, or longer terms, may have come meanwhile.
        var outcome = await controls.TakeAsync(
            organization, null, Presence.Installation,
            now => now!.Holds.IsEmpty && now.Retention == state.Retention ? ControlPlan.Take(new PayloadsPruned(@class, from, to, indexes.Count)) : ControlPlan.Refuse("something stands against it"),
            cancellation);
        return outcome is ControlOutcome.Done ? await log.PrunePayloadsAsync(organization, indexes) : null;
    }

    /// <summary>The records of a class with a payload, from an index to an end or to the first that is younger; and the index after the last of them.</summary>
    private async Task<(List<ulong> Indexes, ulong To)> CollectAsync(
        OrganizationId organization, RetentionClass @class, ulong from, ulong end, DateTimeOffset before, CancellationToken cancellation)
    {
        var (indexes, to) = (new List<ulong>(), from);
        await foreach (var stored in log.ReadFromAsync(organization, Math.Max(from, pruning.FirstRecord(organization)), cancellation))
        {
            using var document = JsonDocument.Parse(stored.Bytes);
            var record = RetainedRecord.Read(document.RootElement);
            if (stored.Index >= end || record.At >= before || indexes.Count >= MostAtOnce)
                break;
            if (record.HasPayload && record.Class == @class)
                indexes.Add(stored.Index);
            to = stored.Index + 1;
        }

        return (indexes, to);
    }
}
