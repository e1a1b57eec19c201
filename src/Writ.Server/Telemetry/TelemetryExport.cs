using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Writ.Gateways.Otlp;
using Writ.Governance.Feeds;
using Writ.Governance.Organizations;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Telemetry;

/// <summary>
/// Sends decisions and effects to a collector as spans, where one is set: a feed of each organization's decision log, which begins with what is
/// recorded after the setting first stood there and goes on where it was after a restart. Decisions never wait for it. Thread safe.
/// </summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<OrganizationId, (FeedFollower Follower, OtlpSink Sink, Task Run)> _feeds = new();
    private readonly OpenInstallation _installation;
    private readonly IReadOnlyList<(string Name, string Value)> _headers;
    private readonly Uri? _endpoint;
    private readonly string _folder;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    }) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 64 * 1024 };

    private Task _loop = Task.CompletedTask;

    private TelemetryExport(OpenInstallation installation, Uri? endpoint, IReadOnlyList<(string Name, string Value)> headers, string folder) =>
        (_installation, _endpoint, _headers, _folder) = (installation, endpoint, headers, folder);

    /// <summary>The export as the settings have it; the reason where the headers are not there.</summary>
    public static (TelemetryExport? Export, InstallationFault? Fault) Open(ServerOptions options, OpenInstallation installation, Func<string, string?> environment)
    {
        IReadOnlyList<(string, string)> headers = [];
        if (options.Telemetry.OtlpHeadersVariable is { } variable)
        {
            if (environment(variable) is not { } text || OtlpHeaders.Parse(text) is not { } parsed)
            {
                return (null, new InstallationFault("WRIT2084",
                    $"telemetry.otlp_headers_variable names {variable}, which holds no headers: set it to name=value,name=value, values percent-encoded where they have commas or signs."));
            }

            headers = parsed;
        }

        return (new TelemetryExport(installation, options.Telemetry.OtlpEndpoint, headers, Path.Combine(options.DataFolder, "telemetry")), null);
    }

    /// <summary>How an organization's export stands; null where there is none.</summary>
    public (FeedState State, long Sent, long Dropped)? StateOf(OrganizationId organization) =>
        _feeds.TryGetValue(organization, out var feed) ? (feed.Follower.State, feed.Sink.Sent, feed.Sink.Dropped) : null;

    /// <summary>Begins to send, where there is somewhere to. What is recorded once this has returned is sent.</summary>
    public async Task StartAsync(ILogger logger, TimeProvider time)
    {
        if (_endpoint is null)
            return;
        await FollowAsync(time);
        _loop = RunAsync(logger, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_feeds.Values.Select(feed => feed.Run));
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(ILogger logger, TimeProvider time)
    {
        var told = new Dictionary<OrganizationId, (string? Code, long Dropped)>();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await FollowAsync(time);
                foreach (var (organization, feed) in _feeds)
                    Tell(logger, told, organization, feed.Follower.State, feed.Sink);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task FollowAsync(TimeProvider time)
    {
        foreach (var organization in _installation.Services.Registry.Current.Organizations.Keys)
        {
            var origin = _installation.DecisionLog.OriginOf(organization);
            if (_feeds.ContainsKey(organization) || await _installation.Decisions.OpenLogAsync(origin) is not LogOpening.Opened { Log: var log })
                continue;
            var cursor = new FeedCursorFile(Path.Combine(_folder, organization + ".cursor"), _installation.Keys.FeedCursorKey);
            // A feed without a place begins with what comes. The place is kept at once: a collector that is down from the first loses nothing.
            var head = log.Head;
            if (cursor.TryRead(out var kept, out _) && kept is null)
                cursor.Write(new Checkpoint(origin, head.Size, head.Root));
            var sink = new OtlpSink(_http, _endpoint!, _headers, async (of, id, cancellation) =>
                await _installation.Services.Archive.FindAsync(of, id, cancellation) is { } record ? JsonSerializer.SerializeToElement(record) : null);
            var follower = new FeedFollower(organization, () => log, null, head.Size, cursor, sink, new FeedOptions(), time, Random.Shared.NextDouble);
            _feeds[organization] = (follower, sink, Task.Run(() => follower.RunAsync(_stop.Token)));
        }
    }

    /// <summary>Each change of how an export stands is told once, and so is each time that spans are lost.</summary>
    private static void Tell(ILogger logger, Dictionary<OrganizationId, (string? Code, long Dropped)> told, OrganizationId organization, FeedState state, OtlpSink sink)
    {
        var (code, dropped) = told.GetValueOrDefault(organization);
        told[organization] = (state.Code, sink.Dropped);
        if (state.Code is not null && state.Code != code)
            Log.Failing(logger, organization.ToString(), state.Code, state.Error ?? "");
        else if (state.Code is null && code is not null)
            Log.Back(logger, organization.ToString());
        if (sink.Dropped > dropped)
            Log.Lost(logger, organization.ToString(), sink.Dropped - dropped, sink.LastRefusal ?? "their decisions are not to be found any more");
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, string, Exception?> FailingMessage =
            LoggerMessage.Define<string, string, string>(LogLevel.Warning, new EventId(2085, "ExportFailing"), "{Code} the export of {Organization} waits: {Error}. Nothing is lost; it is tried again.");

        private static readonly Action<ILogger, string, long, string, Exception?> LostMessage =
            LoggerMessage.Define<string, long, string>(LogLevel.Warning, new EventId(2086, "SpansLost"), "WRIT2085 the export of {Organization} left out {Count} spans: {Why}");

        private static readonly Action<ILogger, string, Exception?> BackMessage =
            LoggerMessage.Define<string>(LogLevel.Information, new EventId(2087, "ExportBack"), "The export of {Organization} goes on");

        public static void Failing(ILogger logger, string organization, string code, string error) => FailingMessage(logger, code, organization, error, null);

        public static void Lost(ILogger logger, string organization, long count, string why) => LostMessage(logger, organization, count, why, null);

        public static void Back(ILogger logger, string organization) => BackMessage(logger, organization, null);
    }
}
