using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Server.Login;

/// <summary>
/// The challenges that wait for an answer, in memory: a restart voids them. Each is taken once, whatever the answer is worth, so that no
/// answer counts twice. Bounded: each group (the logins of all, or what one credential asked for) drops its oldest. Thread safe.
/// </summary>
internal sealed class Challenges(TimeProvider time)
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    /// <summary>The most that wait of the logins of all.</summary>
    public const int MostLogins = 4_096;

    /// <summary>The most that wait of what one credential asked for.</summary>
    public const int MostOfCredential = 8;

    private const int MostGroups = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Group, Challenge Challenge, DateTimeOffset Until)> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _groups = new(StringComparer.Ordinal);

    /// <summary>Lets a challenge wait; the name to take it by, which nobody guesses.</summary>
    public string Add(Challenge challenge)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var (group, most) = challenge switch
        {
            Challenge.OfEnrolment enrolment => (enrolment.Invitation, MostOfCredential),
            Challenge.OfPresence presence => (presence.KeyId, MostOfCredential),
            _ => ("", MostLogins),
        };
        lock (_lock)
        {
            if (_groups.Count >= MostGroups)
                Sweep_NeedsLock();
            if (!_groups.TryGetValue(group, out var ids))
                _groups[group] = ids = new Queue<string>();
            if (ids.Count >= most)
                _waiting.Remove(ids.Dequeue());
            ids.Enqueue(id);
            _waiting[id] = (group, challenge, time.GetUtcNow() + Life);
        }

        return id;
    }

    /// <summary>Takes a challenge away; false where there is none of that kind, or its time is over.</summary>
    public bool TryTake<T>(string? id, [NotNullWhen(true)] out T? challenge)
        where T : Challenge
    {
        challenge = null;
        if (id is null)
            return false;
        lock (_lock)
        {
            if (!_waiting.Remove(id, out var waiting) || waiting.Until <= time.GetUtcNow())
                return false;
            challenge = waiting.Challenge as T;
            return challenge is not null;
        }
    }

    private void Sweep_NeedsLock()
    {
        var now = time.GetUtcNow();
        foreach (var (id, waiting) in _waiting.Where(w => w.Value.Until <= now).ToArray())
            _waiting.Remove(id);
        foreach (var (group, ids) in _groups.ToArray())
        {
            if (!ids.Any(_waiting.ContainsKey))
                _groups.Remove(group);
        }
    }
}
