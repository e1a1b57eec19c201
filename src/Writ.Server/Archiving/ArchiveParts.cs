using Microsoft.Extensions.Logging;
using Writ.Ledger;
using Writ.Ledger.Archiving;
using Writ.Server.Api;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Archiving;

/// <summary>The archiving of both ledgers, wired, in the background. Without a target nothing is archived.</summary>
internal sealed class ArchiveParts : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly IArchiveTarget? _target;
    private Task _running = Task.CompletedTask;

    public ArchiveParts(ServerOptions options, OpenInstallation installation, TimeProvider time)
    {
        if (options.Archive.Target is not { } address)
            return;
        _target = ArchiveTargets.Open(address, options.Archive.S3Endpoint, options.Archive.S3Region, time);
        LedgerArchiver Archiver(string name, MerkleLedger ledger) => new(ledger, new ArchiveOptions
        {
            Name = name,
            Target = _target,
            Retain = TimeSpan.FromDays(options.Archive.RetainDays),
            IsHeld = () => installation.Services.Registry.Current.Organizations.Values.Any(organization => !organization.Holds.IsEmpty),
            ClockObstacle = () => installation.Services.Clock.Obstacle,
            Time = time,
        });
        Archivers = [Archiver("control", installation.Control), Archiver("decisions", installation.Decisions)];
    }

    /// <summary>One for each ledger; none without a target.</summary>
    public IReadOnlyList<LedgerArchiver> Archivers { get; } = [];

    public void Start(ILogger logger, TimeProvider time)
    {
        if (Archivers.Count > 0)
            _running = Task.WhenAll([.. Archivers.Select(a => RunAsync(a, logger)), TellAsync(logger, time)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        (_target as IDisposable)?.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(LedgerArchiver archiver, ILogger logger)
    {
        try
        {
            await Task.Run(() => archiver.RunAsync(_stop.Token));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // A bug here must not end archiving without a word.
            Log.Stopped(logger, archiver.Name, FaultTrace.Of(problem));
        }
    }

    /// <summary>Each change of how archiving stands is told once: what can only be put right by people as an error.</summary>
    private async Task TellAsync(ILogger logger, TimeProvider time)
    {
        var told = new Dictionary<string, LedgerFaultKind?>();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var archiver in Archivers)
                {
                    var (last, fault) = (told.GetValueOrDefault(archiver.Name), archiver.State.Fault);
                    told[archiver.Name] = fault?.Kind;
                    if (fault is not null && fault.Kind != last)
                        Log.Failed(logger, fault.Kind == LedgerFaultKind.ArchiveUnavailable ? LogLevel.Warning : LogLevel.Error, archiver.Name, fault.ToString());
                    else if (fault is null && last is not null)
                        Log.Back(logger, archiver.Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> ErrorMessage =
            LoggerMessage.Define<string, string>(LogLevel.Error, new EventId(2102, "ArchiveFailed"), "The ledger '{Ledger}' is not archived: {Fault}");

        private static readonly Action<ILogger, string, string, Exception?> WarningMessage =
            LoggerMessage.Define<string, string>(LogLevel.Warning, new EventId(2101, "ArchiveUnavailable"), "The ledger '{Ledger}' waits for its archive: {Fault}");

        private static readonly Action<ILogger, string, Exception?> BackMessage =
            LoggerMessage.Define<string>(LogLevel.Information, new EventId(2106, "ArchiveBack"), "The ledger '{Ledger}' is archived again");

        private static readonly Action<ILogger, string, string, Exception?> StoppedMessage =
            LoggerMessage.Define<string, string>(LogLevel.Critical, new EventId(2107, "ArchiverStopped"), "The archiving of '{Ledger}' ended until the next start: {Fault}");

        public static void Failed(ILogger logger, LogLevel level, string ledger, string fault) => (level == LogLevel.Error ? ErrorMessage : WarningMessage)(logger, ledger, fault, null);

        public static void Back(ILogger logger, string ledger) => BackMessage(logger, ledger, null);

        public static void Stopped(ILogger logger, string ledger, string fault) => StoppedMessage(logger, ledger, fault, null);
    }
}
