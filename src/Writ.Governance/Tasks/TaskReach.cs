using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Registry;

namespace Writ.Governance.Tasks;

/// <summary>
/// The least privilege of a piece of work: what its agent has been given, and of that what the task is for, and of that what the person who
/// started it may have used. Each of the three only narrows.
/// </summary>
public static class TaskReach
{
    /// <summary>The agent with what it holds within a task. The same agent where nothing limits it, as where it is in no task yet.</summary>
    /// <param name="state">The organization as it stands, so that a person whose tools were cut loses them in tasks that are open.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="task">The task it works on; null for none.</param>
    public static Agent Within(OrganizationState state, Agent agent, TaskStanding? task)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agent);
        var starter = task?.StartedBy is { } by ? state.People.GetValueOrDefault(by.Value) : null;
        return Meet(task?.Scope, starter?.Tools) is { } reach ? agent with { Grants = Grant.Meet(agent.Grants, reach) } : agent;
    }

    /// <summary>Both limits in one; null where there is neither.</summary>
    internal static ImmutableArray<Grant>? Meet(ImmutableArray<Grant>? one, ImmutableArray<Grant>? other) =>
        one is not { } first ? other : other is not { } second ? one : Grant.Meet(first, second);
}
