using Microsoft.Extensions.Logging;
using Writ.Crypto.Json;
using Writ.Governance.Admission;
using Writ.Governance.Auditing;
using Writ.Governance.Controls;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Server.Api;

namespace Writ.Server.Installation;

/// <summary>What has to happen without anybody asking: giving up on silent effects, recording waiting restrictions, summing up refused traffic.</summary>
internal sealed class Housekeeping : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Services _services;
    private readonly Heartbeat _heartbeat;
    private readonly GrantStaging _staging;
    private readonly ILogger<Housekeeping> _logger;
    private readonly TimeProvider _time;
    private readonly Task _loop;
    private Task _folding = Task.CompletedTask;
    private bool _clockIsOff;

    public Housekeeping(Services services, Heartbeat heartbeat, GrantStaging staging, ILogger<Housekeeping> logger, TimeProvider time)
    {
        (_services, _heartbeat, _staging, _logger, _time) = (services, heartbeat, staging, logger, time);
        _loop = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _folding.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await DoAsync("admission summary", SummarizeAsync);
        await DoAsync("keys in two places", RecordPlacesAsync);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                WatchClock();
                _services.Authenticator.ForgetEndedSessions();
                await DoAsync("settlement", _services.Settlement.GiveUpOnSilenceAsync);
                await DoAsync("waiting restrictions", () => _services.Controls.RecordWaitingAsync(_stop.Token));
                await DoAsync("erasures", _services.Erasures.ExecuteConfirmedAsync);
                await DoAsync("staged revocations", () => _staging.SweepDueAsync(_stop.Token));
                await DoAsync("retention", () => _services.Retention.PruneDueAsync(_stop.Token));
                await DoAsync("retention of records", PruneRecordsAsync);
                if (_services.Clock.Obstacle is null) // a clock that jumped makes no review overdue (T86)
                    await DoAsync("reviews", () => _services.Reviews.SweepAsync(_stop.Token));
                await DoAsync("canaries", _services.Trials.RecordWaitingAsync);
                await DoAsync("admission summary", SummarizeAsync);
                await DoAsync("keys in two places", RecordPlacesAsync);
                await DoAsync("heartbeat", _heartbeat.BeatAsync);
                // It may take long, and nothing else is to wait for it.
                if (_folding.IsCompleted)
                    _folding = Task.Run(() => DoAsync("fold snapshot", KeepFoldAsync));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task PruneRecordsAsync()
    {
        if (await _services.RecordRetention.PruneDueAsync(_stop.Token) is { } problem)
            throw new InvalidOperationException(problem);
    }

    /// <summary>A chore that fails is told and tried again next time; it neither ends the others nor keeps the server from stopping.</summary>
    private async Task DoAsync(string chore, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.Failed(_logger, chore, FaultTrace.Of(problem));
        }
    }

    /// <summary>Without it the next start takes longer; nothing else does.</summary>
    private async Task KeepFoldAsync()
    {
        if (await _services.Folds.KeepAsync(_stop.Token) is { } problem)
            Log.SnapshotNotKept(_logger, problem);
    }

    /// <summary>A clock that is off is told once, and once when it is right again.</summary>
    private void WatchClock()
    {
        var obstacle = _services.Clock.Obstacle;
        if (obstacle is not null && !_clockIsOff)
            Log.ClockOff(_logger, obstacle);
        else if (obstacle is null && _clockIsOff)
            Log.ClockRight(_logger);
        _clockIsOff = obstacle is not null;
    }

    /// <summary>One record per organization, credential and cause, however many requests were refused.</summary>
    private async Task SummarizeAsync()
    {
        var shadows = _services.Shadows.TakeFresh().Select(s => KeyValuePair.Create(new RefusedTraffic(s.Organization, null, "shadow-agent", s.Id), s.Count));
        foreach (var (kind, count) in _services.Admission.TakeRefused().Concat(shadows))
        {
            using var writer = new JcsWriter();
            var now = _services.Clock.Steady.GetUtcNow();
            AdmissionRecord.WriteTo(writer, Guid.CreateVersion7(now), now, kind, count);
            await _services.DecisionLog.AppendAsync(kind.Organization ?? OpenInstallation.Default, writer.WrittenMemory, default, RecordClass.Ordinary);
        }
    }

    /// <summary>Feeds carry the record to whoever is to look; the log tells whoever reads that.</summary>
    private async Task RecordPlacesAsync()
    {
        foreach (var seen in _services.KeyPlaces.Take())
        {
            Log.SeenApart(_logger, seen.KeyId, seen.Agent.ToString(), $"{seen.First}, {seen.Then}");
            var action = new AgentKeySeenApart(seen.Agent, seen.KeyId, seen.First.ToString(), seen.Then.ToString(), (long)seen.Apart.TotalSeconds);
            await _services.Controls.TakeAsync(seen.Organization, null, Presence.Installation, _ => ControlPlan.Take(action), CancellationToken.None);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, string, Exception?> SeenApartMessage = LoggerMessage.Define<string, string, string>(
            LogLevel.Warning, new EventId(3069, "KeySeenApart"), "WRIT3069 The API key {Key} of agent {Agent} was used from two networks: {Networks}");

        public static void SeenApart(ILogger logger, string key, string agent, string networks) => SeenApartMessage(logger, key, agent, networks, null);

        private static readonly Action<ILogger, string, string, Exception?> FailedMessage =
            LoggerMessage.Define<string, string>(LogLevel.Error, new EventId(9002, "ChoreFailed"), "The chore '{Chore}' failed: {Fault}");

        private static readonly Action<ILogger, string, Exception?> SnapshotNotKeptMessage =
            LoggerMessage.Define<string>(LogLevel.Warning, new EventId(9003, "FoldSnapshotNotKept"), "No fold snapshot was kept: {Problem}");

        public static void SnapshotNotKept(ILogger logger, string problem) => SnapshotNotKeptMessage(logger, problem, null);

        private static readonly Action<ILogger, string, Exception?> ClockOffMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(2090, "ClockOff"), "WRIT2090 {Obstacle}. Nothing is erased, nothing is pruned and no approval is honoured until then");

        private static readonly Action<ILogger, Exception?> ClockRightMessage =
            LoggerMessage.Define(LogLevel.Information, new EventId(2091, "ClockRight"), "The clock is right again");

        public static void ClockOff(ILogger logger, string obstacle) => ClockOffMessage(logger, obstacle, null);

        public static void ClockRight(ILogger logger) => ClockRightMessage(logger, null);

        public static void Failed(ILogger logger, string chore, string fault) => FailedMessage(logger, chore, fault, null);
    }
}
