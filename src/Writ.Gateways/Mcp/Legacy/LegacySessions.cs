using System.Buffers.Text;
using System.Security.Cryptography;

namespace Writ.Gateways.Mcp.Legacy;

/// <summary>
/// The legacy sessions that are open. An id is 256 random bits, works only with the credential and at the address it was made
/// for, and looks unknown anywhere else. Bounded per credential; idle ones end. Thread safe.
/// </summary>
internal sealed class LegacySessions(McpDoorOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LegacySession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LegacySession>> _byCredential = new(StringComparer.Ordinal);
    private long _sweptAt = time.GetTimestamp();

    public LegacySession Open(string credential, string? door, string version)
    {
        var session = new LegacySession(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), credential, door, version)
        {
            LastUsed = time.GetTimestamp(),
        };
        List<LegacySession> ended;
        lock (_lock)
        {
            ended = Sweep_NeedsLock();
            if (!_byCredential.TryGetValue(credential, out var own))
                _byCredential[credential] = own = [];
            if (own.Count >= options.MaxSessionsPerCredential && own.MinBy(s => s.LastUsed) is { } oldest)
            {
                Remove_NeedsLock(oldest);
                ended.Add(oldest);
                _byCredential[credential] = own;
            }

            own.Add(session);
            _byId[session.Id] = session;
        }

        End(ended);
        return session;
    }

    /// <summary>The session of an id, if it is this credential's and this address's.</summary>
    public LegacySession? Find(string id, string credential, string? door)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var session) || session.Credential != credential || session.Door != door || IsIdle(session))
                return null;
            session.LastUsed = time.GetTimestamp();
            return session;
        }
    }

    /// <summary>Ends a session; false when there is none for this credential and address.</summary>
    public bool Close(string id, string credential, string? door)
    {
        if (Find(id, credential, door) is not { } session)
            return false;
        lock (_lock)
            Remove_NeedsLock(session);
        End([session]);
        return true;
    }

    private bool IsIdle(LegacySession session) => time.GetElapsedTime(session.LastUsed) >= options.SessionIdle;

    private List<LegacySession> Sweep_NeedsLock()
    {
        if (time.GetElapsedTime(_sweptAt) < options.SessionIdle / 4)
            return [];
        _sweptAt = time.GetTimestamp();
        var idle = _byId.Values.Where(IsIdle).ToList();
        idle.ForEach(Remove_NeedsLock);
        return idle;
    }

    private void Remove_NeedsLock(LegacySession session)
    {
        _byId.Remove(session.Id);
        if (_byCredential.TryGetValue(session.Credential, out var own) && own.Remove(session) && own.Count == 0)
            _byCredential.Remove(session.Credential);
    }

    private static void End(List<LegacySession> sessions) => sessions.ForEach(static s => s.Dispose());
}
