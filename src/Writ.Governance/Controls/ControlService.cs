using System.Text.Json;
using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Controls;

/// <summary>
/// Carries out control actions: decided by the control bundle, recorded, then in force; a restriction is in force first and recorded
/// as soon as the ledger takes it. One at a time, so that the log's order is the registry's. Thread safe.
/// </summary>
public sealed class ControlService(RegistryHolder registry, IRecordLog log, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Queue<ControlRecord> _unrecorded = new();

    /// <summary>Takes a control action of a person, or refuses.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="person">Who; null for the installation's own first start.</param>
    /// <param name="presence">How the person proved to be there.</param>
    /// <param name="plan">Makes the actions from the state as it is when their turn comes, or says what is wrong with it.</param>
    /// <param name="cancellation">Ends the wait for the turn; once the turn has come, the action is carried out.</param>
    public async Task<ControlOutcome> TakeAsync(
        OrganizationId organization, PersonId? person, Presence presence, Func<OrganizationState?, ControlPlan> plan, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var state = registry.Current.Organizations.GetValueOrDefault(organization);
            var planned = plan(state);
            if (planned.Obstacle is { } obstacle)
                return new ControlOutcome.Invalid(obstacle);
            if (person is { } id && ControlPolicy.Refusal(state, id, planned.Actions) is { } cause)
                return new ControlOutcome.NotAllowed(cause);

            var by = new Authority(person, presence, Solo: person is not null && state is not null && state.IsSolo());
            return await CarryOutAsync(organization, by, planned.Actions);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Records restrictions that the ledger could not take when they came into force. True when none is left.</summary>
    public async Task<bool> RecordWaitingAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            while (_unrecorded.TryPeek(out var record))
            {
                if (!(await AppendAsync(record)).IsDurable)
                    return false;
                _unrecorded.Dequeue();
            }

            return true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Folds the control log at start.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read, or contradicts an earlier one; the start refuses.</exception>
    public async Task ReplayAsync(CancellationToken cancellation)
    {
        await foreach (var stored in log.ReadAllAsync(cancellation))
        {
            try
            {
                var record = JsonSerializer.Deserialize<ControlRecord>(stored.Bytes.Span, StrictJson.Options)
                    ?? throw new InvalidDataException("the record is null");
                if (record.Organization != stored.Organization)
                    throw new InvalidDataException("the record lies in another organization's log");
                registry.Apply(record);
            }
            catch (Exception problem) when (problem is JsonException or InvalidDataException)
            {
                throw new InvalidDataException($"control record {stored.Index} of {stored.Organization}: {problem.Message}", problem);
            }
        }
    }

    private async Task<ControlOutcome> CarryOutAsync(OrganizationId organization, Authority by, IReadOnlyList<ControlAction> actions)
    {
        var done = new List<ControlRecord>(actions.Count);
        foreach (var action in actions)
        {
            var now = time.GetUtcNow();
            var record = new ControlRecord(ControlRecord.Format, Guid.CreateVersion7(now), organization, Timestamp.ToMicroseconds(now), by, action);
            if (action.IsRestriction())
                registry.Apply(record);
            var receipt = await AppendAsync(record);
            if (receipt.IsDurable && !action.IsRestriction())
                registry.Apply(record);
            if (!receipt.IsDurable && !action.IsRestriction())
                return new ControlOutcome.NotRecorded(receipt.Fault!);
            if (!receipt.IsDurable)
            {
                _unrecorded.Enqueue(record);
                return new ControlOutcome.InForceUnrecorded(receipt.Fault!);
            }

            done.Add(record);
        }

        return new ControlOutcome.Done(done);
    }

    private async ValueTask<RecordReceipt> AppendAsync(ControlRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, StrictJson.Options);
        return Jcs.TryCanonicalize(json, out var canonical, out var error)
            ? await log.AppendAsync(record.Organization, canonical, default, RecordClass.Reserved)
            : new RecordReceipt(0, $"the record has no canonical form: {error.Message}");
    }
}
