using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Feeds;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Governance.Registry;
using Writ.Server.Api;
using Writ.Server.Installation;

namespace Writ.Server.Feeds;

/// <summary>
/// Keeps the feeds of every organization running: begins those that were registered, ends those that were removed, and tells each change of how one
/// stands once. Decisions never wait for it. Thread safe.
/// </summary>
internal sealed class FeedHost(RegistryHolder registry, FollowedLedgers ledgers, RecordIndexes indexes, ResourceNames resources, FeedSecrets secrets, byte[] cursorKey, string dataFolder, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Path.Combine(dataFolder, "feeds");
    private ImmutableDictionary<Guid, RunningFeed> _running = ImmutableDictionary<Guid, RunningFeed>.Empty;
    private Task _loop = Task.CompletedTask;

    /// <summary>Reads the secrets of feeds.</summary>
    public FeedSecrets Secrets => secrets;

    /// <summary>What a filter of a feed of this organization can name.</summary>
    public RegistryNames NamesOf(OrganizationId organization) => new(registry.Current.Organizations[organization], resources);

    /// <summary>How many records a log of an organization has: where a feed that begins now begins.</summary>
    public (long Decisions, long Control) HeadsOf(OrganizationId organization) =>
        ((long)(ledgers.Decisions(organization)?.Head.Size ?? 0), (long)(ledgers.Control(organization)?.Head.Size ?? 0));

    /// <summary>How the logs of a feed stand; none where it does not run yet.</summary>
    public IEnumerable<FollowedLog> LogsOf(Feed feed) => Volatile.Read(ref _running).TryGetValue(feed.Id, out var running) ? running.Logs : [];

    /// <summary>Begins to send, and looks once a second for what was registered or removed.</summary>
    public void Start(ILogger logger) => _loop = Task.Run(() => RunAsync(logger));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        foreach (var feed in _running.Values)
            await feed.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(ILogger logger)
    {
        var told = new Dictionary<(Guid, string), FeedStanding>();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                try
                {
                    await ReconcileAsync(logger);
                    foreach (var feed in _running.Values)
                        Tell(logger, told, feed);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    Log.Failed(logger, FaultTrace.Of(problem));
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task ReconcileAsync(ILogger logger)
    {
        var wanted = registry.Current.Organizations.Values.SelectMany(o => o.Feeds.Values.Select(f => (Organization: o.Id, Registered: f))).ToDictionary(f => f.Registered.Feed.Id);
        foreach (var (id, feed) in _running.Where(r => !wanted.ContainsKey(r.Key)))
        {
            await feed.DisposeAsync();
            if (feed.Forget() is { } fault)
                Log.Failed(logger, fault);
            Volatile.Write(ref _running, _running.Remove(id));
        }

        foreach (var (id, (organization, registered)) in wanted.Where(w => !_running.ContainsKey(w.Key)))
            Volatile.Write(ref _running, _running.Add(id, new RunningFeed(organization, registered, registry, ledgers, indexes, resources, secrets, cursorKey, _folder, time)));
    }

    private static void Tell(ILogger logger, Dictionary<(Guid, string), FeedStanding> told, RunningFeed feed)
    {
        foreach (var (log, state) in feed.Logs)
        {
            var last = told.GetValueOrDefault((feed.Feed.Id, log));
            told[(feed.Feed.Id, log)] = state.Standing;
            if (state.Standing == last)
                continue;
            if (state.Standing >= FeedStanding.Retrying)
                Log.Stands(logger, feed, log, state);
            else if (last >= FeedStanding.Retrying)
                Log.Back(logger, feed, log);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> FailedMessage = LoggerMessage.Define<string>(LogLevel.Error, new EventId(2110, "FeedsFailed"), "Feeds: {Fault}");
        private static readonly Action<ILogger, string, string, string, string, string, Exception?> StandsMessage = LoggerMessage.Define<string, string, string, string, string>(
            LogLevel.Warning, new EventId(2111, "FeedFails"), "The feed {Feed} of {Organization} is {Standing} at its {Log} log: {Why}");

        private static readonly Action<ILogger, string, string, string, Exception?> BackMessage = LoggerMessage.Define<string, string, string>(
            LogLevel.Information, new EventId(2112, "FeedBack"), "The feed {Feed} of {Organization} sends its {Log} log again");

        public static void Failed(ILogger logger, string fault) => FailedMessage(logger, fault, null);

        public static void Stands(ILogger logger, RunningFeed feed, string log, FeedState state) =>
            StandsMessage(logger, feed.Feed.Name, feed.Organization.ToString(), state.Standing.ToString().ToLowerInvariant(), log, $"{state.Code}: {state.Error}", null);

        public static void Back(ILogger logger, RunningFeed feed, string log) => BackMessage(logger, feed.Feed.Name, feed.Organization.ToString(), log, null);
    }
}
