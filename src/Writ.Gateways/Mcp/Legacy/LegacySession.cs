using System.Collections.Concurrent;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp.Legacy;

/// <summary>A legacy session: its revision, whose it is, and the calls open in it by their ids. Thread safe.</summary>
internal sealed class LegacySession : IDisposable
{
    private readonly ConcurrentDictionary<JsonRpcId, CancellationTokenSource> _open = new();
    private readonly CancellationTokenSource _life = new();

    // Taken at the start: a session may end between being found and being used, and then the source no longer gives it out.
    private readonly CancellationToken _ended;

    public LegacySession(string id, string credential, string? door, string version)
    {
        (Id, Credential, Door, Version) = (id, credential, door, version);
        _ended = _life.Token;
    }

    public string Id { get; }

    /// <summary>What records call it. The id itself opens the session and stands in none.</summary>
    public Guid Number { get; } = Guid.NewGuid();

    public string Credential { get; }

    /// <summary>The address it was opened at; it works at no other (T58).</summary>
    public string? Door { get; }

    public string Version { get; }

    public long LastUsed { get; set; }

    /// <summary>Opens a call; null when one of this id is open already. Disposing it closes it.</summary>
    public OpenCall? Begin(JsonRpcId id, CancellationToken connection)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(connection, _ended);
        if (_open.TryAdd(id, source))
            return new OpenCall(this, id, source);
        source.Dispose();
        return null;
    }

    /// <summary>Cancels an open call; unknown ids are ignored (2025-11-25, basic/utilities/cancellation).</summary>
    public void Cancel(JsonRpcId id)
    {
        if (!_open.TryGetValue(id, out var source))
            return;
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }

    /// <summary>Ends the session and the calls open in it.</summary>
    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    internal sealed class OpenCall(LegacySession session, JsonRpcId id, CancellationTokenSource source) : IDisposable
    {
        public CancellationToken Token { get; } = source.Token;

        public void Dispose()
        {
            session._open.TryRemove(id, out _);
            source.Dispose();
        }
    }
}
