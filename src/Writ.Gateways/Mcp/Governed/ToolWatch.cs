using System.Runtime.CompilerServices;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Gateways.Mcp.Governed;

/// <summary>
/// Sees to it that what a server shows has been compared with what is pinned before anything of it is used: in each of its
/// lives, after each change it announces, and after it is registered anew (T60). Thread safe.
/// </summary>
public sealed class ToolWatch(ToolObservation observation, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Calls that queue behind a server which shows nothing are not to wait for it one after the other.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly ConditionalWeakTable<IUpstream, Watched> _watched = new();

    /// <summary>Null when the registry reflects what the server shows; else why it does not, for people.</summary>
    public async ValueTask<string?> EnsureSeenAsync(OrganizationId organization, Server server, IUpstream upstream, CancellationToken cancellationToken)
    {
        var watched = _watched.GetValue(upstream, static u => new Watched(u));
        if (watched.IsCurrent(server))
            return null;

        await watched.Turn.WaitAsync(cancellationToken);
        try
        {
            if (watched.IsCurrent(server))
                return null;
            if (watched.Fault is { } standing && time.GetElapsedTime(watched.FaultAt) < Rest)
                return standing;
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            var changes = watched.Changes;
            var fault = await upstream.ListToolsAsync(either.Token) switch
            {
                ToolListing.Complete listing =>
                    await observation.ObserveAsync(organization, server.Slug, [.. listing.Tools.Select(t => t.Definition)], cancellationToken),
                ToolListing.Unavailable unavailable => unavailable.Detail,
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (fault is null)
                watched.Saw(server, changes);
            else
                (watched.Fault, watched.FaultAt) = (fault, time.GetTimestamp());
            return fault;
        }
        finally
        {
            watched.Turn.Release();
        }
    }

    /// <summary>Whether what this life of the server showed was compared. Nothing is forwarded to one of which that is not so.</summary>
    public bool HasSeen(Server server, IUpstream upstream) =>
        _watched.TryGetValue(upstream, out var watched) && watched.WasSeen(server);

    private sealed class Watched
    {
        private readonly IUpstream _upstream;
        private volatile Sight? _sight;
        private long _changes;

        public Watched(IUpstream upstream)
        {
            _upstream = upstream;
            upstream.ToolsChanged += () => Interlocked.Increment(ref _changes);
        }

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public long Changes => Interlocked.Read(ref _changes);

        // The holder of the turn alone writes and reads these two.
        public string? Fault { get; set; }

        public long FaultAt { get; set; }

        public bool IsCurrent(Server server) => WasSeen(server) && _sight!.Changes == Changes && _upstream.State == UpstreamState.Ready;

        // A connection registered again is another object, also where it says the same.
        public bool WasSeen(Server server) =>
            _sight is { } sight && ReferenceEquals(sight.Connection, server.Connection) && sight.Starts == _upstream.Statistics.Starts;

        public void Saw(Server server, long changes) => _sight = new Sight(server.Connection, changes, _upstream.Statistics.Starts);

        private sealed record Sight(ServerConnection Connection, long Changes, long Starts);
    }
}
