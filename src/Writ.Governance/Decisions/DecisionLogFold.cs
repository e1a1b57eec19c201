using System.Text.Json;
using Writ.Governance.Approvals;
using Writ.Governance.Limits;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;

namespace Writ.Governance.Decisions;

/// <summary>
/// Rebuilds, at start, everything that follows from the decision log: open tasks, requests for approval, counted calls, and the effects still owed.
/// </summary>
public sealed class DecisionLogFold(
    TaskBook tasks, ApprovalBoard approvals, RateBook rates, DispatchTable dispatches, DecisionArchive archive, PayloadSealer sealer, ClockWatch clock)
{
    // Every format there has been is read for ever.
    private const int NewestFormat = 2;

    /// <summary>Folds every record. Returns how many there were.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read; the start refuses.</exception>
    public async Task<long> ReplayAsync(IRecordLog log, CancellationToken cancellation)
    {
        long count = 0;
        await foreach (var stored in log.ReadAllAsync(cancellation))
        {
            try
            {
                using var document = JsonDocument.Parse(stored.Bytes);
                if (document.RootElement.TryGetProperty("organization", out var named) && !named.ValueEquals(stored.Organization.ToString()))
                    throw new InvalidDataException("the record lies in another organization's log");
                clock.Saw(Timestamp.FromMicroseconds(document.RootElement.GetProperty("at").GetInt64()));
                Apply(document.RootElement, stored.Index, await UserOfAsync(log, document.RootElement, stored, cancellation));
            }
            catch (Exception problem) when (problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or InvalidDataException)
            {
                throw new InvalidDataException($"decision record {stored.Index} of {stored.Organization}: {problem.Message}", problem);
            }

            count++;
        }

        return count;
    }

    /// <summary>The user that a task is for, where that is sealed; null as well where it was erased.</summary>
    private async ValueTask<string?> UserOfAsync(IRecordLog log, JsonElement record, StoredRecord stored, CancellationToken cancellation) =>
        record.GetProperty("kind").ValueEquals("task") && TaskRecord.NeedsPayload(record)
        && await log.ReadPayloadAsync(stored.Organization, stored.Index, cancellation) is { } payload
        && sealer.TryOpen(stored.Organization, record.GetProperty("id").GetGuid(), payload.Span, out var opened)
            ? TaskRecord.ReadUser(opened)
            : null;

    private void Apply(JsonElement record, ulong index, string? user)
    {
        if (record.GetProperty("v").GetInt32() is not (>= 1 and <= NewestFormat))
            throw new InvalidDataException("its format is newer than this binary");
        switch (record.GetProperty("kind").GetString())
        {
            case "decision":
                ApplyDecision(record, index);
                break;
            case "effect":
                var decided = new DecisionId(record.GetProperty("decision").GetGuid());
                dispatches.TryTake(decided, out _);
                archive.RememberEffect(decided, index);
                break;
            case "approval":
                ApplyAnswer(record);
                break;
            case "task":
                if (TaskRecord.Read(record, user) is { } task)
                    tasks.Replay(task);
                break;
            case "admission" or "heartbeat":
                break;
            default:
                throw new InvalidDataException("its kind is unknown to this binary");
        }
    }

    private void ApplyDecision(JsonElement record, ulong index)
    {
        var id = new DecisionId(record.GetProperty("id").GetGuid());
        var organization = OrganizationId.Parse(record.GetProperty("organization").GetString()!);
        archive.Remember(id, organization, index, record.TryGetProperty("escalation", out var escalation) ? escalation.GetString() : null);
        tasks.ReplayUse(new TaskId(record.GetProperty("task").GetGuid()), Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
        var outcome = record.GetProperty("outcome").GetString();
        if (outcome == Outcome.RequireApproval.Word())
            approvals.Replay(ApprovalFields.Read(record));
        if (outcome != Outcome.Allow.Word() && outcome != Outcome.AllowWithConstraints.Word())
            return;
        if (record.TryGetProperty("approval", out var used))
            approvals.ReplayConsumed(new ApprovalId(used.GetProperty("id").GetGuid()));
        rates.Replay(organization, record);
        dispatches.Replay(new Dispatch(
            id,
            organization,
            PayloadSubject.Read(record.GetProperty("subject").GetString()!, record.GetProperty("v").GetInt32()),
            EffectClasses.TryParse(record.GetProperty("effect").GetString(), out var effect) ? effect : throw new InvalidDataException("its effect class is unknown"),
            Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()),
            record.TryGetProperty("enforcer", out var enforcer) ? enforcer.GetString() : null));
    }

    private void ApplyAnswer(JsonElement record) => approvals.Replay(
        new ApprovalId(record.GetProperty("approval").GetGuid()),
        PersonId.Parse(record.GetProperty("person").GetString()!),
        ApprovalStates.ReadResult(record.GetProperty("result").GetString()));
}
