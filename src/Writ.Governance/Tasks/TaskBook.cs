using Writ.Governance.Agents;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.Users;

namespace Writ.Governance.Tasks;

/// <summary>
/// The tasks that are open, as the decision log says. A client that opens none works in one implicit task per agent, credential and idle
/// window. Bounded per organization: the tasks idle longest leave first, and a token whose task left is refused. Thread safe.
/// </summary>
public sealed class TaskBook(TimeProvider time) : IFoldState
{
    /// <summary>How long an implicit task may be idle before the next call starts another.</summary>
    public static readonly TimeSpan IdleWindow = TimeSpan.FromMinutes(30);

    /// <summary>How long after it was last used a task's token works.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);

    /// <summary>Most tasks kept of one organization.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TaskId, Entry> _byId = [];
    private readonly Dictionary<OrganizationId, int> _counts = [];
    private readonly Dictionary<string, TaskId> _byToken = [];
    private readonly Dictionary<(AgentId Agent, string Credential, string? User), TaskId> _implicit = [];

    /// <summary>The task a token names, where it is open and belongs to this credential of this agent.</summary>
    public OpenTask? FindByToken(string tokenKeyId, AgentId agent, string credential)
    {
        lock (_lock)
        {
            return _byToken.TryGetValue(tokenKeyId, out var id) && _byId.TryGetValue(id, out var entry)
                && entry.Task.Standing.Agent == agent && entry.Task.Standing.Credential == credential
                && time.GetUtcNow() - entry.UsedAt < TokenLife
                ? entry.Touch(time.GetUtcNow())
                : null;
        }
    }

    /// <summary>The implicit task an agent is in with a credential for a user, or for nobody, if its idle window has not passed.</summary>
    public OpenTask? FindImplicit(AgentId agent, string credential, string? user = null)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            return _implicit.TryGetValue((agent, credential, user), out var id) && _byId.TryGetValue(id, out var entry) && now - entry.UsedAt < IdleWindow
                ? entry.Touch(now)
                : null;
        }
    }

    /// <summary>A task that is kept, for looking at; that changes nothing about when it was used.</summary>
    public TaskStanding? Find(TaskId id)
    {
        lock (_lock)
            return _byId.TryGetValue(id, out var entry) ? entry.Task.Standing : null;
    }

    /// <summary>Enters a task whose record is durable.</summary>
    public void Add(OpenTask task) => Add(task, time.GetUtcNow());

    /// <summary>Enters a task that was recorded before this start; it counts as used when it was opened.</summary>
    public void Replay(OpenTask task) => Add(task, task.Standing.OpenedAt);

    /// <summary>Notes that a recorded decision used a task.</summary>
    public void ReplayUse(TaskId task, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(task, out var entry) && entry.UsedAt < at)
                entry.Touch(at);
        }
    }

    /// <summary>The tasks for users whose names a replay has yet to read.</summary>
    internal IReadOnlyList<OpenTask> Unnamed()
    {
        lock (_lock)
            return [.. _byId.Values.Select(e => e.Task).Where(t => t.UserAt is not null)];
    }

    /// <summary>
    /// Names the user of a task. One whose user is not known any more leaves: without its user it could do what it could not with it.
    /// </summary>
    internal void Name(TaskId id, string? user, UserFacts? facts)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var entry) || entry.Task.UserAt is null)
                return;
            if (user is null)
                Drop_NeedsLock(entry);
            else
                Name_NeedsLock(entry, entry.Task.Standing.For(user, facts));
        }
    }

    bool IFoldState.TryWriteTo(FoldWriter writer)
    {
        lock (_lock)
        {
            writer.Number(_byId.Count);
            foreach (var entry in _byId.Values.OrderBy(e => e.Task.Standing.Id.Value))
            {
                var standing = entry.Task.Standing;
                if (!entry.Task.TryWriteTo(writer))
                    return false;
                writer.Time(entry.UsedAt);
                writer.Flag(IsCurrent_NeedsLock(entry.Task));
            }
        }

        return true;
    }

    void IFoldState.ReadFrom(FoldReader reader)
    {
        lock (_lock)
        {
            for (var tasks = reader.Count(); tasks > 0; tasks--)
            {
                var (task, usedAt, isCurrent) = (FoldedTask.Read(reader), reader.Time(), reader.Flag());
                Put_NeedsLock(task, usedAt);
                if (isCurrent && task.UserAt is null)
                    _implicit[KeyOf(task.Standing)] = task.Standing.Id;
            }
        }
    }

    private void Add(OpenTask task, DateTimeOffset usedAt)
    {
        lock (_lock)
        {
            if (_counts.GetValueOrDefault(task.Organization) >= Capacity)
                DropIdlest_NeedsLock(task.Organization);
            // Where the user has yet to be named, nobody is in it: a call for nobody least of all.
            if (Put_NeedsLock(task, usedAt) && task.Standing.Implicit && task.UserAt is null)
                _implicit[KeyOf(task.Standing)] = task.Standing.Id;
        }
    }

    private bool Put_NeedsLock(OpenTask task, DateTimeOffset usedAt)
    {
        if (!_byId.TryAdd(task.Standing.Id, new Entry(task, usedAt)))
            return false;
        _counts[task.Organization] = _counts.GetValueOrDefault(task.Organization) + 1;
        if (task.TokenKeyId is { } token)
            _byToken[token] = task.Standing.Id;
        return true;
    }

    private void DropIdlest_NeedsLock(OrganizationId organization)
    {
        var idlest = _byId.Values.Where(e => e.Task.Organization == organization)
            .OrderBy(e => e.UsedAt).ThenBy(e => e.Task.Standing.Id.Value).Take(Capacity / 10).ToArray();
        foreach (var entry in idlest)
            Drop_NeedsLock(entry);
    }

    private void Drop_NeedsLock(Entry entry)
    {
        var standing = entry.Task.Standing;
        _byId.Remove(standing.Id);
        _counts[entry.Task.Organization]--;
        if (entry.Task.TokenKeyId is { } token)
            _byToken.Remove(token);
        if (IsCurrent_NeedsLock(entry.Task))
            _implicit.Remove(KeyOf(standing));
    }

    private void Name_NeedsLock(Entry entry, TaskStanding named)
    {
        _byId[named.Id] = new Entry(entry.Task with { UserAt = null, Standing = named }, entry.UsedAt);
        if (named.Implicit && !(_implicit.TryGetValue(KeyOf(named), out var other) && _byId[other].Task.Standing.OpenedAt > named.OpenedAt))
            _implicit[KeyOf(named)] = named.Id;
    }

    private bool IsCurrent_NeedsLock(OpenTask task) => task.UserAt is null && _implicit.TryGetValue(KeyOf(task.Standing), out var current) && current == task.Standing.Id;

    private static (AgentId Agent, string Credential, string? User) KeyOf(TaskStanding standing) => (standing.Agent, standing.Credential, standing.User?.Value);

    private sealed class Entry(OpenTask task, DateTimeOffset usedAt)
    {
        public OpenTask Task { get; } = task;

        public DateTimeOffset UsedAt { get; private set; } = usedAt;

        public OpenTask Touch(DateTimeOffset now)
        {
            UsedAt = now;
            return Task;
        }
    }
}
