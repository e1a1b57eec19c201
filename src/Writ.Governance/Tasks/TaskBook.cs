using Writ.Governance.Agents;

namespace Writ.Governance.Tasks;

/// <summary>
/// The tasks that are open, as the decision log says. A client that opens none works in one implicit task per credential and idle
/// window. Bounded: the tasks idle longest leave first, and a token whose task left is refused. Thread safe.
/// </summary>
public sealed class TaskBook(TimeProvider time)
{
    /// <summary>How long an implicit task may be idle before the next call starts another.</summary>
    public static readonly TimeSpan IdleWindow = TimeSpan.FromMinutes(30);

    /// <summary>How long after it was last used a task's token works.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);

    /// <summary>Most tasks kept.</summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TaskId, Entry> _byId = [];
    private readonly Dictionary<string, TaskId> _byToken = [];
    private readonly Dictionary<string, TaskId> _implicitByCredential = [];

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

    /// <summary>The implicit task a credential is in, if its idle window has not passed.</summary>
    public OpenTask? FindImplicit(string credential)
    {
        lock (_lock)
        {
            return _implicitByCredential.TryGetValue(credential, out var id) && _byId.TryGetValue(id, out var entry)
                && time.GetUtcNow() - entry.UsedAt < IdleWindow
                ? entry.Touch(time.GetUtcNow())
                : null;
        }
    }

    /// <summary>Enters a task whose record is durable.</summary>
    public void Add(OpenTask task) => Add(task, time.GetUtcNow());

    /// <summary>Enters a task that was recorded before this start; it counts as used when it was opened.</summary>
    public void Replay(OpenTask task) => Add(task, task.Standing.OpenedAt);

    private void Add(OpenTask task, DateTimeOffset usedAt)
    {
        lock (_lock)
        {
            if (_byId.Count >= Capacity)
                DropIdlest_NeedsLock();
            _byId[task.Standing.Id] = new Entry(task, usedAt);
            if (task.TokenKeyId is { } token)
                _byToken[token] = task.Standing.Id;
            if (task.Standing.Implicit)
                _implicitByCredential[task.Standing.Credential] = task.Standing.Id;
        }
    }

    private void DropIdlest_NeedsLock()
    {
        foreach (var entry in _byId.Values.OrderBy(e => e.UsedAt).Take(Capacity / 10).ToArray())
        {
            var standing = entry.Task.Standing;
            _byId.Remove(standing.Id);
            if (entry.Task.TokenKeyId is { } token)
                _byToken.Remove(token);
            if (_implicitByCredential.TryGetValue(standing.Credential, out var current) && current == standing.Id)
                _implicitByCredential.Remove(standing.Credential);
        }
    }

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
