using System.Text.Json;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Controls;

/// <summary>
/// Carries out control actions: decided by the control bundle, tried, recorded, then in force, one at a time, so that the log's order is
/// the registry's. A restriction is in force first and recorded as soon as the ledger takes it: it waits neither for the disk nor for
/// an action that does. Thread safe.
/// </summary>
public sealed class ControlService(RegistryHolder registry, IRecordLog log, TimeProvider time) : IDisposable
{
    /// <summary>How long the answer to a restriction that is in force waits for its record.</summary>
    public static readonly TimeSpan RestrictionWait = TimeSpan.FromSeconds(5);

    // Whoever waits for a restriction takes its id out; who did not wait leaves it.
    private const int MostOvertaken = 10_000;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Lock _inForce = new();
    private readonly Queue<ControlRecord> _unrecorded = new();

    // Restrictions that were in force, and made no sense any more in what became durable before them: they are not recorded.
    private readonly HashSet<Guid> _overtaken = [];

    // The fold of what is durable. What is in force is this and, on top of it, the restrictions that wait for their record.
    private Registry.Registry _recorded = registry.Current;

    /// <summary>Takes a control action of a person, or refuses.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="person">Who; null for the installation's own first start.</param>
    /// <param name="presence">How the person proved to be there.</param>
    /// <param name="plan">Makes the actions from the state as it is, or says what is wrong with it. Asked again when the state has
    /// changed by the time its turn comes.</param>
    /// <param name="cancellation">Ends the wait for the turn; once the turn has come, the action is carried out.</param>
    public async Task<ControlOutcome> TakeAsync(
        OrganizationId organization, PersonId? person, PersonPresence presence, Func<OrganizationState?, ControlPlan> plan, CancellationToken cancellation)
    {
        var request = new ControlRequest(organization, person, presence, plan);
        var planned = request.Plan(registry.Current, time.GetUtcNow());
        while (planned is { Refusal: null, IsRestriction: true })
        {
            if (PutInForce(planned) is { } records)
                return await RecordRestrictionsAsync(records, cancellation);
            if (ReferenceEquals(planned.Seen, registry.Current))
                break;
            planned = request.Plan(registry.Current, time.GetUtcNow());
        }

        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (await RecordWaiting_NeedsTurnAsync() is { IsDurable: false } stuck)
                return planned.Refusal ?? new ControlOutcome.NotRecorded(stuck.Fault!);
            if (!ReferenceEquals(planned.Seen, registry.Current))
                planned = request.Plan(registry.Current, time.GetUtcNow());
            return planned.Refusal ?? await CarryOutAsync(request, planned);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Records restrictions that the ledger could not take when they came into force. True when none is left.</summary>
    public async Task<bool> RecordWaitingAsync(CancellationToken cancellation) => (await RecordInTurnAsync(cancellation)).IsDurable;

    /// <summary>Folds the control log at start.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read, or contradicts an earlier one; the start refuses.</exception>
    public async Task ReplayAsync(CancellationToken cancellation)
    {
        await foreach (var stored in log.ReadAllAsync(cancellation))
        {
            try
            {
                var record = ControlRecord.Read(stored.Bytes.Span);
                if (record.Organization != stored.Organization)
                    throw new InvalidDataException("the record lies in another organization's log");
                _recorded = _recorded.Apply(record);
            }
            catch (Exception problem) when (problem is JsonException or InvalidDataException)
            {
                throw new InvalidDataException($"control record {stored.Index} of {stored.Organization}: {problem.Message}", problem);
            }
        }

        registry.Become(_recorded);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<ControlOutcome> CarryOutAsync(ControlRequest request, PlannedControl planned)
    {
        var done = new List<ControlRecord>(planned.Actions.Count);
        var seen = planned.Seen;
        foreach (var action in planned.Actions)
        {
            // What was put in force while the disk had the action before may have taken away the right to this one.
            if (!ReferenceEquals(seen, registry.Current) && request.Forbidden(registry.Current, action) is { } forbidden)
                return forbidden;
            var record = Record(planned, action);
            if (!record.TryWrite(out var bytes, out var cause) || !_recorded.TryApply(record, out var next, out cause))
                return new ControlOutcome.Invalid(cause);
            if (action.IsRestriction())
            {
                lock (_inForce)
                    PutInForce_NeedsLock(record);
                if (await RecordWaiting_NeedsTurnAsync() is { IsDurable: false } waits)
                    return new ControlOutcome.InForceUnrecorded(waits.Fault!);
            }
            else
            {
                var receipt = await log.AppendAsync(record.Organization, bytes, default, RecordClass.Reserved);
                if (!receipt.IsDurable)
                    return new ControlOutcome.NotRecorded(receipt.Fault!);
                lock (_inForce)
                {
                    var alone = _unrecorded.Count == 0;
                    Recorded_NeedsLock(next);
                    seen = alone ? registry.Current : seen;
                }
            }

            done.Add(record);
        }

        return new ControlOutcome.Done(done);
    }

    /// <summary>Null when the state has changed since the plan was made, or a restriction makes no sense in it.</summary>
    private ControlRecord[]? PutInForce(PlannedControl planned)
    {
        var records = planned.Actions.Select(action => Record(planned, action)).ToArray();
        lock (_inForce)
        {
            if (!ReferenceEquals(planned.Seen, registry.Current))
                return null;
            var after = planned.Seen;
            foreach (var record in records)
            {
                if (!record.TryWrite(out _, out _) || !after.TryApply(record, out after, out _))
                    return null;
            }

            foreach (var record in records)
                PutInForce_NeedsLock(record);
            return records;
        }
    }

    private async Task<ControlOutcome> RecordRestrictionsAsync(ControlRecord[] records, CancellationToken cancellation)
    {
        try
        {
            var receipt = await RecordInTurnAsync(CancellationToken.None).WaitAsync(RestrictionWait, time, cancellation);
            lock (_inForce)
            {
                if (records.Where(record => _overtaken.Remove(record.Id)).ToArray() is not [])
                    return new ControlOutcome.Invalid("what was to be taken away was gone, or used, by then");
            }

            return receipt.IsDurable ? new ControlOutcome.Done(records) : new ControlOutcome.InForceUnrecorded(receipt.Fault!);
        }
        catch (Exception waited) when (waited is TimeoutException or OperationCanceledException)
        {
            return new ControlOutcome.InForceUnrecorded("the ledger has not answered yet");
        }
    }

    private async Task<RecordReceipt> RecordInTurnAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            return await RecordWaiting_NeedsTurnAsync();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<RecordReceipt> RecordWaiting_NeedsTurnAsync()
    {
        while (Oldest() is { } record)
        {
            if (!record.TryWrite(out var bytes, out var cause))
                throw new InvalidOperationException($"a restriction came into force that cannot be recorded: {cause}");
            var receipt = await log.AppendAsync(record.Organization, bytes, default, RecordClass.Reserved);
            if (!receipt.IsDurable)
                return receipt;
            lock (_inForce)
            {
                _unrecorded.Dequeue();
                _recorded = _unrecorded.Count == 0 ? registry.Current : _recorded.Apply(record);
            }
        }

        return default;
    }

    private ControlRecord? Oldest()
    {
        lock (_inForce)
            return _unrecorded.TryPeek(out var record) ? record : null;
    }

    private void PutInForce_NeedsLock(ControlRecord record)
    {
        _unrecorded.Enqueue(record);
        registry.Become(registry.Current.Apply(record));
    }

    /// <summary>
    /// What is durable is the state, and on top of it the restrictions that wait. One that made sense before it and makes none after it leaves
    /// the queue: recorded, it would contradict the log it lies in, and no start would ever read it again.
    /// </summary>
    private void Recorded_NeedsLock(Registry.Registry next)
    {
        _recorded = next;
        for (var waiting = _unrecorded.Count; waiting > 0; waiting--)
        {
            var record = _unrecorded.Dequeue();
            if (next.TryApply(record, out var after, out _))
            {
                next = after;
                _unrecorded.Enqueue(record);
            }
            else if (_overtaken.Count < MostOvertaken)
            {
                _overtaken.Add(record.Id);
            }
        }

        registry.Become(next);
    }

    private ControlRecord Record(PlannedControl planned, ControlAction action)
    {
        var now = time.GetUtcNow();
        return new ControlRecord(ControlRecord.Format, Guid.CreateVersion7(now), planned.Organization, Timestamp.ToMicroseconds(now), planned.By, action.Bounded());
    }
}
