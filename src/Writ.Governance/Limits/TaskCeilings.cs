using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Records;
using Writ.Governance.Tasks;

namespace Writ.Governance.Limits;

/// <summary>
/// Counts what the tasks of agents with a <see cref="TaskCeiling"/> use, and those that they ask others for: permitted calls, and what they cost
/// by confirmed prices. A task and all below it count together, so that opening children starts nothing anew. Looking and taking are one step
/// (T22); a call stays counted whatever comes of it; a start counts what the decision log holds. Bounded: an organization that fills it is
/// refused, and no other. Thread safe.
/// </summary>
public sealed class TaskCeilings : IFoldState
{
    /// <summary>The most tasks counted of one organization: as many as are kept open.</summary>
    public const int MaxTasks = TaskBook.Capacity;

    // No token of a task, nor of one below it, works when nothing was permitted in it for so long.
    private static readonly TimeSpan Kept = TaskBook.TokenLife + TaskBook.TokenLife;

    private readonly Lock _gate = new();
    private readonly Dictionary<OrganizationId, Dictionary<Guid, Use>> _organizations = [];

    /// <summary>
    /// What bounds the task of a call: each bound is the least that its agent and those that asked for the work have, so that to ask another agent
    /// is no way around one's own. Null where none of them has a ceiling.
    /// </summary>
    internal static TaskCeiling? Of(ActionRequest request)
    {
        var least = request.Facts.Agent.TaskCeiling;
        foreach (var asking in request.Facts.Task.AskedBy)
        {
            if (request.Organization.Agents.GetValueOrDefault(asking)?.TaskCeiling is { } above)
                least = least is null ? above : new TaskCeiling(Least(least.Calls, above.Calls), Least(least.NanoUsd, above.NanoUsd));
        }

        return least;
    }

    /// <summary>Why the ceiling of the agent's tasks denies a call, and what to tell whom; null when it does not. Takes nothing.</summary>
    internal GateResult.Denied? Exceeded(ActionRequest request, Arguments arguments)
    {
        if (Of(request) is not { } ceiling)
            return null;
        lock (_gate)
            return Exceeded_NeedsLock(request, ceiling, CostOf(request, arguments));
    }

    /// <summary>Takes one call and its cost, or nothing: then why.</summary>
    internal GateResult.Denied? Take(ActionRequest request, Arguments arguments)
    {
        if (Of(request) is not { } ceiling)
            return null;
        var cost = CostOf(request, arguments);
        lock (_gate)
        {
            if (Exceeded_NeedsLock(request, ceiling, cost) is { } denied)
                return denied;
            Add_NeedsLock(request.Facts.Organization, request.Facts.Task.Root.Value, 1, cost ?? 0, request.Facts.Time);
            return null;
        }
    }

    /// <summary>Gives back what a decision took that was certainly not recorded.</summary>
    internal void Return(ActionRequest request, Arguments arguments)
    {
        if (Of(request) is null)
            return;
        lock (_gate)
            Add_NeedsLock(request.Facts.Organization, request.Facts.Task.Root.Value, -1, -(CostOf(request, arguments) ?? 0), request.Facts.Time);
    }

    /// <summary>Counts a permitting decision that the log holds and that was taken under a ceiling.</summary>
    internal void Replay(OrganizationId organization, JsonElement record)
    {
        if (!record.TryGetProperty("ceiling", out _))
            return;
        var cost = record.TryGetProperty("cost_nano_usd", out var known) ? known.GetInt64() : 0;
        lock (_gate)
            Add_NeedsLock(organization, record.GetProperty("task_root").GetGuid(), 1, cost, Timestamp.FromMicroseconds(record.GetProperty("at").GetInt64()));
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_gate)
        {
            writer.Number(_organizations.Count);
            foreach (var (organization, tasks) in _organizations.OrderBy(o => o.Key.ToString(), StringComparer.Ordinal))
            {
                writer.Text(organization.ToString());
                writer.Number(tasks.Count);
                foreach (var (task, use) in tasks.OrderBy(t => t.Key))
                {
                    writer.Id(task);
                    writer.Number(use.Calls);
                    writer.Number(use.NanoUsd);
                    writer.Time(use.Last);
                }
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_gate)
        {
            for (var organizations = reader.Count(); organizations > 0; organizations--)
            {
                var tasks = new Dictionary<Guid, Use>();
                _organizations.Add(OrganizationId.Parse(reader.Text()), tasks);
                for (var count = reader.Count(); count > 0; count--)
                    tasks.Add(reader.Id(), new Use(reader.Number(), reader.Number(), reader.Time()));
            }
        }
    }

    private static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);

    private static long? CostOf(ActionRequest request, Arguments arguments) => CostEstimate.Of(request.Tool?.Classification?.Price, arguments.Value);

    private GateResult.Denied? Exceeded_NeedsLock(ActionRequest request, TaskCeiling ceiling, long? cost)
    {
        var tasks = _organizations.GetValueOrDefault(request.Facts.Organization);
        var use = tasks?.GetValueOrDefault(request.Facts.Task.Root.Value) ?? default;
        if (use == default && tasks?.Count >= MaxTasks && !MakeRoom(tasks, request.Facts.Time))
            return GateResult.Denied.Because(ReasonCodes.TaskCeilingReached, $"{MaxTasks} tasks are being counted already");
        if (ceiling.Calls is { } calls && use.Calls >= calls)
            return GateResult.Denied.Because(ReasonCodes.TaskCeilingReached, $"the task has made the {calls} calls that its agent's tasks may make");
        if (ceiling.NanoUsd is not { } money)
            return null;
        return cost is not { } known ? GateResult.Denied.Because(ReasonCodes.PriceUnknown, "the agent's tasks have a ceiling in money, and what the call costs is not known")
            : known > money - use.NanoUsd ? GateResult.Denied.Because(ReasonCodes.TaskCeilingReached, $"the call would take the task beyond the {money} nano-USD that its agent's tasks may cost")
            : null;
    }

    private void Add_NeedsLock(OrganizationId organization, Guid task, int calls, long cost, DateTimeOffset at)
    {
        if (!_organizations.TryGetValue(organization, out var tasks))
            _organizations.Add(organization, tasks = []);
        var use = tasks.GetValueOrDefault(task);
        var sum = Int128.Min((Int128)use.NanoUsd + cost, long.MaxValue);
        tasks[task] = new Use(use.Calls + calls, (long)sum, at > use.Last ? at : use.Last);
    }

    private static bool MakeRoom(Dictionary<Guid, Use> tasks, DateTimeOffset now)
    {
        foreach (var (task, use) in tasks)
        {
            if (now - use.Last >= Kept)
                tasks.Remove(task);
        }

        return tasks.Count < MaxTasks;
    }

    private readonly record struct Use(long Calls, long NanoUsd, DateTimeOffset Last);
}
