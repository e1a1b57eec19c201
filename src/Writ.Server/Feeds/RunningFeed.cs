using Writ.Gateways.Feeds;
using Writ.Governance.Controls;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Governance.Querying;
using Writ.Governance.Querying.Language;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Api;
using Writ.Server.Installation;

namespace Writ.Server.Feeds;

/// <summary>A feed that is being sent: one follower a log, each with a sink and a cursor of its own.</summary>
internal sealed class RunningFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(string Log, FeedFollower Follower, FeedCursorFile Cursor)> _logs = [];
    private readonly List<IFeedSink> _sinks = [];
    private readonly Task _running;

    public RunningFeed(
        OrganizationId organization, FeedRegistered registered, RegistryHolder registry, FollowedLedgers ledgers, RecordIndexes indexes, ResourceNames resources, FeedSecrets secrets, byte[] cursorKey, string folder, TimeProvider time)
    {
        (Organization, Feed) = (organization, registered.Feed);
        var wanted = Feed.Where == Feed.Everything ? null : Selection(organization, Feed.Where, registry, indexes, resources, time);
        Add("decisions", () => ledgers.Decisions(organization), wanted, registered.DecisionsFrom);
        if (Feed.Control)
            Add("control", () => ledgers.Control(organization), null, registered.ControlFrom);
        _running = Task.WhenAll(_logs.Select(l => Task.Run(() => l.Follower.RunAsync(_stop.Token))));

        void Add(string log, Func<Writ.Ledger.LogicalLog?> find, Func<ulong, ulong, LiveSelection?>? selection, long from)
        {
            var sink = FeedSinks.Open(Feed, secrets, time);
            var cursor = new FeedCursorFile(Path.Combine(folder, $"{Feed.Id:D}.{log}"), cursorKey);
            var options = new FeedOptions { BatchRecords = 100, BatchBytes = 256 * 1024 };
            _sinks.Add(sink);
            _logs.Add((log, new FeedFollower(organization, find, selection, (ulong)from, cursor, sink, options, time, Random.Shared.NextDouble), cursor));
        }
    }

    public OrganizationId Organization { get; }

    public Feed Feed { get; }

    /// <summary>How each of its logs stands.</summary>
    public IEnumerable<FollowedLog> Logs => _logs.Select(l => new FollowedLog(l.Log, l.Follower.State));

    /// <summary>Removes where it had come to: it was removed, and does not come back. Only after it was disposed. Null, or why not.</summary>
    public string? Forget() => _logs.Select(l => l.Cursor.Delete()).FirstOrDefault(fault => fault is not null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var sink in _sinks)
        {
            if (sink is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            (sink as IDisposable)?.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>Names of agents are read as they are when records are looked at.</summary>
    private static Func<ulong, ulong, LiveSelection?> Selection(OrganizationId organization, string where, RegistryHolder registry, RecordIndexes indexes, ResourceNames resources, TimeProvider time) => (first, end) =>
        RecordQuery.Parse(where, new RegistryNames(registry.Current.Organizations[organization], resources)) is QueryReading.Read read
            ? indexes.Of(organization)?.Select(read.Query.Filter, first, end, time)
            : null;
}
