using System.Collections.Immutable;
using Writ.Gateways.WebBotAuth;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// All upstreams of a Writ: one for each <see cref="UpstreamKey"/>, made when first asked for and started when first
/// called. Thread safe. Disposing it ends them all, together.
/// </summary>
public sealed class UpstreamPool : IAsyncDisposable
{
    /// <summary>The most upstreams held at once; asking for another gets a refusal.</summary>
    public const int Capacity = 1_024;

    /// <summary>How long an upstream that nobody asks for is held. Longer than any call may take, so that no call is cut off.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<UpstreamKey, Held> _held = [];
    private readonly ChildLauncher _launcher = new();
    private readonly LaunchPlanner _planner;
    private readonly TimeProvider _time;
    private readonly RequestSigner? _signer;
    private bool _closed;

    /// <summary>A pool whose child processes never see the given folders, and whose requests are signed where a definition asks for it.</summary>
    public UpstreamPool(Bubblewrap bubblewrap, ImmutableArray<string> protectedFolders, TimeProvider time, RequestSigner? signer = null)
    {
        _signer = signer;
        _planner = new LaunchPlanner(bubblewrap, protectedFolders);
        _time = time;
    }

    /// <summary>
    /// The upstream of a key under a definition, a child process or an HTTP endpoint; null when the pool is full or closed.
    /// One held under another definition is ended and replaced.
    /// </summary>
    public IUpstream? Get(UpstreamKey key, StdioServerDefinition definition) =>
        Get(key, definition, () => new StdioUpstream(definition, _planner, _launcher, _time, Random.Shared.NextDouble));

    /// <inheritdoc cref="Get(UpstreamKey, StdioServerDefinition)"/>
    public IUpstream? Get(UpstreamKey key, HttpServerDefinition definition) =>
        Get(key, definition, () => new HttpUpstream(definition, _time, null, _signer));

    /// <summary>Ends the upstreams that a predicate picks, such as those of one suspended identity, and forgets them.</summary>
    public Task CloseAsync(Predicate<UpstreamKey> which) => Task.WhenAll(Take(which).Select(u => u.DisposeAsync().AsTask()));

    /// <summary>The same at once and without asking: when this returns, no process of theirs runs on; the task says when all is cleared away.</summary>
    public Task KillAsync(Predicate<UpstreamKey> which)
    {
        var killed = Take(which);
        foreach (var upstream in killed)
            upstream.Kill();
        return Task.WhenAll(killed.Select(u => u.DisposeAsync().AsTask()));
    }

    private List<IUpstream> Take(Predicate<UpstreamKey> which)
    {
        List<IUpstream> taken = [];
        lock (_lock)
        {
            foreach (var key in _held.Keys.Where(key => which(key)).ToList())
            {
                _held.Remove(key, out var held);
                taken.Add(held!.Upstream);
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _closed = true;
        await CloseAsync(_ => true);
        _launcher.Dispose();
    }

    private IUpstream? Get(UpstreamKey key, object definition, Func<IUpstream> make)
    {
        lock (_lock)
        {
            if (_closed)
                return null;
            if (_held.TryGetValue(key, out var held))
            {
                if (held.Definition.Equals(definition))
                {
                    held.LastUsed = _time.GetTimestamp();
                    return held.Upstream;
                }

                End_NeedsLock(key);
            }

            foreach (var idle in _held.Where(h => _time.GetElapsedTime(h.Value.LastUsed) >= IdleLife).Select(h => h.Key).ToList())
                End_NeedsLock(idle);
            if (_held.Count >= Capacity)
                return null;
            var made = make();
            _held[key] = new Held(definition, made) { LastUsed = _time.GetTimestamp() };
            return made;
        }
    }

    private void End_NeedsLock(UpstreamKey key)
    {
        _held.Remove(key, out var held);
        // Its ending waits for its process; what asks for another does not wait for that.
        _ = held!.Upstream.DisposeAsync().AsTask();
    }

    private sealed class Held(object definition, IUpstream upstream)
    {
        public object Definition { get; } = definition;

        public IUpstream Upstream { get; } = upstream;

        public long LastUsed { get; set; }
    }
}
