using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Approvals;
using Writ.Governance.Delegation;
using Writ.Governance.Folds;
using Writ.Governance.Limits;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Telemetry;
using Writ.Governance.Tools;
using Writ.Governance.Trust;
using Writ.Governance.Users;

namespace Writ.Governance.Decisions;

/// <summary>
/// Rebuilds, at start, everything that follows from the decision log: open tasks, requests for approval, counted calls, the effects still
/// owed, and which spans were linked to what. It goes on from where it is, so that a start may begin with a <see cref="FoldSnapshot"/>. Not thread safe.
/// </summary>
public sealed class DecisionLogFold(
    TaskBook tasks, ApprovalBoard approvals, RateBook rates, DispatchTable dispatches, DecisionArchive archive, TraceLinks links, TrustBook trust, PayloadSealer sealer,
    ClockWatch clock, RegistryHolder? registry = null, TaskCeilings? ceilings = null, DelegationBook? delegations = null)
{
    // Every format there has been is read for ever.
    private const int NewestFormat = 2;

    private readonly TaskCeilings _ceilings = ceilings ?? new();
    private readonly DelegationBook _delegations = delegations ?? new();
    private readonly SortedDictionary<string, FoldedLog> _logs = new(StringComparer.Ordinal);

    /// <summary>How many records are folded, of all organizations.</summary>
    public long Folded => _logs.Values.Sum(log => (long)log.Size);

    /// <summary>Everything there is to fold, and to keep in a snapshot.</summary>
    internal IReadOnlyList<IFoldState> States => [tasks, approvals, rates, dispatches, archive, links, trust, _ceilings, _delegations];

    /// <summary>How far each organization's log is folded, by its name.</summary>
    internal IReadOnlyDictionary<string, FoldedLog> Logs => _logs;

    /// <summary>Folds every record that is not yet folded, and reads from the vault what is in no record. Returns how many records there were.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read; the start refuses.</exception>
    public async Task<long> ReplayAsync(IRecordLog log, CancellationToken cancellation)
    {
        var count = await FoldAsync(log, cancellation);
        await NameUsersAsync(log, cancellation);
        return count;
    }

    /// <summary>Folds every record that is not yet folded, and leaves tasks without the names of their users. Returns how many records there were.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read.</exception>
    public async Task<long> FoldAsync(IRecordLog log, CancellationToken cancellation)
    {
        long count = 0;
        foreach (var position in log.Positions())
        {
            var (name, organization) = (position.Organization.ToString(), position.Organization);
            var (first, newest) = _logs.TryGetValue(name, out var folded) ? (folded.Size, folded.Newest) : (0, DateTimeOffset.UnixEpoch);
            var voidsAt = first <= RestoredSize(organization) ? RestoredSize(organization) : null;
            if (first < position.Size)
            {
                await foreach (var stored in log.ReadFromAsync(organization, first, cancellation))
                {
                    if (stored.Index == position.Size)
                        break;
                    if (stored.Index == voidsAt)
                        approvals.Void(organization);
                    var at = Apply(stored);
                    newest = at > newest ? at : newest;
                    count++;
                }
            }

            if (position.Size == voidsAt)
                approvals.Void(organization);
            _logs[name] = new FoldedLog(position.Size, position.Root, newest);
            approvals.DropExpired(organization);
            clock.Saw(newest);
        }

        return count;
    }

    /// <summary>Reads the names of the users that tasks are for. A task whose user was erased leaves.</summary>
    public Task NameUsersAsync(IRecordLog log, CancellationToken cancellation) =>
        Parallel.ForEachAsync(tasks.Unnamed(), cancellation, async (task, stop) =>
        {
            var user = await UserOfAsync(log, task, stop);
            tasks.Name(task.Standing.Id, user?.User, user?.Facts);
        });

    /// <summary>Goes on from a snapshot. Nothing may be folded yet.</summary>
    internal void Become(IEnumerable<KeyValuePair<string, FoldedLog>> logs, FoldReader reader)
    {
        if (_logs.Count > 0)
            throw new InvalidOperationException("records are folded already");
        foreach (var (name, log) in logs)
            _logs.Add(name, log);
        foreach (var state in States)
            state.ReadFrom(reader);
        if (!reader.IsAtEnd)
            throw new InvalidDataException("bytes are left after the fold snapshot");
    }

    /// <summary>Where the last restore ended: every request for approval before that is void. Null where there was none.</summary>
    private ulong? RestoredSize(OrganizationId organization) => registry?.Current.Organizations.GetValueOrDefault(organization)?.Restoration?.RestoredDecisions;

    private async ValueTask<(string User, UserFacts? Facts)?> UserOfAsync(IRecordLog log, OpenTask task, CancellationToken cancellation)
    {
        var (organization, at) = (task.Organization, task.UserAt!.Value);
        if (await log.ReadPayloadAsync(organization, at, cancellation) is { } payload
            && sealer.TryOpen(organization, task.Standing.Id.Value, payload.Span, out var opened)
            && TaskRecord.ReadUser(opened) is { } user)
            return user;
        if (await log.ReadAsync(organization, at, cancellation) is not { } bytes)
            return null;
        using var record = JsonDocument.Parse(bytes);
        return TaskRecord.ReadUser(record.RootElement) is { } name ? (name, null) : null;
    }

    private DateTimeOffset Apply(StoredRecord stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored.Bytes);
            var record = document.RootElement;
            if (record.TryGetProperty("organization", out var named) && !named.ValueEquals(stored.Organization.ToString()))
                throw new InvalidDataException("the record lies in another organization's log");
            Apply(record, stored.Organization, stored.Index);
            return Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64());
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or InvalidDataException)
        {
            throw new InvalidDataException($"decision record {stored.Index} of {stored.Organization}: {problem.Message}", problem);
        }
    }

    private void Apply(JsonElement record, OrganizationId organization, ulong index)
    {
        var newest = record.TryGetProperty("kind", out var kind) && kind.ValueEquals("approval"u8) ? ApprovalAnswerRecord.Format
            : record.TryGetProperty("kind", out kind) && kind.ValueEquals("task"u8) ? TaskRecord.NarrowFormat
            : NewestFormat;
        if (record.GetProperty("v").GetInt32() is var format && (format < 1 || format > newest))
            throw new InvalidDataException("its format is newer than this binary");
        switch (record.GetProperty("kind").GetString())
        {
            case "decision":
                ApplyDecision(record, index);
                break;
            case "effect":
                var decided = new DecisionId(record.GetProperty("decision").GetGuid());
                if (dispatches.TryTake(decided, out var owed) && EffectStatuses.TryParse(record.GetProperty("status").GetString(), out var status))
                    trust.Settled(owed, status, Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
                archive.RememberEffect(organization, decided, index);
                break;
            case "approval":
                ApplyAnswer(record, organization);
                break;
            case "task":
                if (TaskRecord.Read(record, index) is { } task)
                    tasks.Replay(task);
                break;
            case "telemetry":
                links.ReplayLink(organization, record);
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
        links.Replay(organization, record);
        archive.Remember(id, organization, index, record.TryGetProperty("escalation", out var escalation) ? escalation.GetString() : null);
        tasks.ReplayUse(new TaskId(record.GetProperty("task").GetGuid()), Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
        trust.Replay(organization, record);
        var outcome = record.GetProperty("outcome").GetString();
        if (outcome == Outcome.RequireApproval.Word())
            approvals.Replay(ApprovalFields.Read(record));
        if (outcome != Outcome.Allow.Word() && outcome != Outcome.AllowWithConstraints.Word())
            return;
        if (record.TryGetProperty("approval", out var used))
            approvals.ReplayConsumed(new ApprovalId(used.GetProperty("id").GetGuid()));
        rates.Replay(organization, record);
        _ceilings.Replay(organization, record);
        _delegations.Replay(organization, record);
        dispatches.Replay(new Dispatch(
            id,
            organization,
            PayloadSubject.Read(record.GetProperty("subject").GetString()!, record.GetProperty("v").GetInt32()),
            EffectClasses.TryParse(record.GetProperty("effect").GetString(), out var effect) ? effect : throw new InvalidDataException("its effect class is unknown"),
            Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()),
            record.TryGetProperty("enforcer", out var enforcer) ? enforcer.GetString() : null)
        {
            Agent = record.GetProperty("door").ValueEquals("facts"u8) ? null : new AgentId(record.GetProperty("agent").GetGuid()),
        });
    }

    private void ApplyAnswer(JsonElement record, OrganizationId organization)
    {
        var id = new ApprovalId(record.GetProperty("approval").GetGuid());
        if (approvals.Find(organization, id) is { } request)
        {
            trust.Answered(
                organization, request.Agent, request.Decision, record.GetProperty("answer").ValueEquals("approved"u8),
                Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
        }

        approvals.Replay(id, PersonId.Parse(record.GetProperty("person").GetString()!), ApprovalStates.ReadResult(record.GetProperty("result").GetString()));
    }
}
