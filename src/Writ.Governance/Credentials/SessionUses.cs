using System.Collections.Concurrent;
using Writ.Governance.People;

namespace Writ.Governance.Credentials;

/// <summary>
/// When each session was last used, so that an idle one ends. In memory: a restart counts the idle time anew from itself, and never beyond
/// the end that the session's record states. Bounded by the sessions there are. Thread safe.
/// </summary>
public sealed class SessionUses(DateTimeOffset begun)
{
    /// <summary>How long a session may lie unused.</summary>
    public static readonly TimeSpan MostIdle = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts, however busy it is.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    /// <summary>Uses a session that is otherwise in force; false, from then on for good, when it has lain idle too long.</summary>
    public bool TryUse(PersonSession session, DateTimeOffset now)
    {
        var first = session.StartedAt > begun ? session.StartedAt : begun;
        while (true)
        {
            var last = _last.GetOrAdd(session.KeyId, first);
            if (now - last >= MostIdle)
                return false;
            if (now <= last || _last.TryUpdate(session.KeyId, now, last))
                return true;
        }
    }

    /// <summary>Whether a session that is otherwise in force has not lain idle too long. This is no use of it.</summary>
    public bool Stands(PersonSession session, DateTimeOffset now) =>
        now - (_last.TryGetValue(session.KeyId, out var last) ? last : session.StartedAt > begun ? session.StartedAt : begun) < MostIdle;

    /// <summary>Forgets sessions that are over.</summary>
    public void Keep(IReadOnlySet<string> sessions)
    {
        foreach (var id in _last.Keys.Where(id => !sessions.Contains(id)))
            _last.TryRemove(id, out _);
    }
}
