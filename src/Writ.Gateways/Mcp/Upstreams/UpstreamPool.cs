using System.Collections.Immutable;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>
/// All upstreams of a Writ: one for each <see cref="UpstreamKey"/>, made when first asked for and started when first
/// called. Thread safe. Disposing it ends them all, together.
/// </summary>
public sealed class UpstreamPool : IAsyncDisposable
{
    /// <summary>The most upstreams held at once; asking for another gets a refusal.</summary>
    public const int Capacity = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<UpstreamKey, (object Definition, IUpstream Upstream)> _held = [];
    private readonly ChildLauncher _launcher = new();
    private readonly LaunchPlanner _planner;
    private readonly TimeProvider _time;
    private bool _closed;

    /// <summary>A pool whose child processes never see the given folders.</summary>
    public UpstreamPool(Bubblewrap bubblewrap, ImmutableArray<string> protectedFolders, TimeProvider time)
    {
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
        Get(key, definition, () => new HttpUpstream(definition, _time));

    /// <summary>Ends the upstreams that a predicate picks, such as those of one suspended identity, and forgets them.</summary>
    public async Task CloseAsync(Predicate<UpstreamKey> which)
    {
        List<IUpstream> closing = [];
        lock (_lock)
        {
            foreach (var key in _held.Keys.Where(key => which(key)).ToList())
            {
                _held.Remove(key, out var held);
                closing.Add(held.Upstream);
            }
        }

        await Task.WhenAll(closing.Select(u => u.DisposeAsync().AsTask()));
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
                    return held.Upstream;
                _ = held.Upstream.DisposeAsync().AsTask();
                _held.Remove(key);
            }

            if (_held.Count >= Capacity)
                return null;
            var made = make();
            _held[key] = (definition, made);
            return made;
        }
    }
}
