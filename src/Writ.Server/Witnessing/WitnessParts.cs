using Microsoft.Extensions.Logging;
using Writ.Crypto.Signing;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Witnessing;
using Writ.Server.Api;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Witnessing;

/// <summary>
/// The witnesses of both ledgers, wired, and the loop that asks them in the background. Without a policy there are none, and nothing is
/// asked.
/// </summary>
internal sealed class WitnessParts : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long a start waits for its witnesses.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpWitnessTransport? _transport;
    private readonly Dictionary<MerkleLedger, LogWitnesses> _ledgers = [];
    private Task _loop = Task.CompletedTask;

    private WitnessParts(HttpWitnessTransport? transport) => _transport = transport;

    /// <summary>Reads what was cosigned before; the reason where that cannot be.</summary>
    public static (WitnessParts? Parts, InstallationFault? Fault) Open(ServerOptions options, OpenInstallation installation, Ed25519PublicKey key, TimeProvider time)
    {
        if (options.Ledger.WitnessPolicyFile is not { } file)
            return (new WitnessParts(null), null);
        if (WitnessPolicyFile.Read(file, out var unusable) is not { } policy)
            return (null, unusable);
        var parts = new WitnessParts(new HttpWitnessTransport());
        foreach (var (name, ledger) in new[] { ("control", installation.Control), ("decisions", installation.Decisions) })
        {
            var store = new CheckpointFolder(Path.Combine(options.ConfigurationFolder, "witnessed", name));
            if (LogWitnesses.Open(ledger, policy.WithKey(key), parts._transport!, store, time, out var fault) is not { } witnesses)
            {
                parts._transport!.Dispose();
                return (null, new InstallationFault(fault!.Code, fault.ToString()));
            }

            parts._ledgers[ledger] = witnesses;
        }

        return (parts, null);
    }

    /// <summary>
    /// Before anything is written or signed: what do the witnesses have? Those that do not answer within seconds keep nobody from starting.
    /// The fault, where one of them shows that an installation with these keys was further, or has another history.
    /// </summary>
    public static async Task<InstallationFault?> ConfrontAsync(ServerOptions options, IReadOnlyList<MerkleLedger> ledgers, Ed25519PublicKey key, TimeProvider time, CancellationToken cancellation)
    {
        if (options.Ledger.WitnessPolicyFile is not { } file)
            return null;
        if (WitnessPolicyFile.Read(file, out var unusable) is not { } policy)
            return unusable;
        using var transport = new HttpWitnessTransport();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        foreach (var ledger in ledgers)
        {
            try
            {
                if (LogWitnesses.Open(ledger, policy.WithKey(key), transport, new NothingKept(), time, out var fault) is { } witnesses)
                    fault = await witnesses.ConfrontAsync(either.Token);
                if (fault is not null)
                    return new InstallationFault(fault.Code, fault.Detail);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // They are asked again in the background.
            }
        }

        return null;
    }

    /// <summary>How a log stands before its witnesses; null where there are none.</summary>
    public WitnessedLog? Of(MerkleLedger ledger, LogicalLog log) => _ledgers.TryGetValue(ledger, out var witnesses) ? witnesses.Of(log) : null;

    /// <summary>Begins to ask, once a second, for what is new.</summary>
    public void Start(ILogger logger, TimeProvider time)
    {
        if (_ledgers.Count > 0)
            _loop = RunAsync(logger, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _transport?.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(ILogger logger, TimeProvider time)
    {
        var told = new Dictionary<(string, string), LedgerFaultKind?>();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await AskAsync(logger);
                foreach (var (ledger, witnesses) in _ledgers)
                {
                    foreach (var log in ledger.Logs)
                        Tell(logger, told, witnesses.Of(log));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>A round that fails is told and tried again: a bug here must not end the witnessing without a word.</summary>
    private async Task AskAsync(ILogger logger)
    {
        try
        {
            await Task.WhenAll(_ledgers.Values.Select(witnesses => witnesses.AskAsync(_stop.Token)));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.Failed(logger, LogLevel.Error, FaultTrace.Of(problem));
        }
    }

    /// <summary>Each change of how a witness stands is told once: a contradiction as an error, a witness that is lost or back as a warning.</summary>
    private static void Tell(ILogger logger, Dictionary<(string, string), LedgerFaultKind?> told, WitnessedLog log)
    {
        foreach (var state in log.States)
        {
            var last = told.GetValueOrDefault((log.Origin, state.Witness));
            told[(log.Origin, state.Witness)] = state.Fault?.Kind;
            if (state.Fault is { } fault && fault.Kind != last)
                Log.Failed(logger, fault.Kind == LedgerFaultKind.WitnessContradicts ? LogLevel.Error : LogLevel.Warning, fault.ToString());
            else if (state.Fault is null && last is not null)
                Log.Back(logger, state.Witness, log.Origin);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> ErrorMessage = LoggerMessage.Define<string>(LogLevel.Error, new EventId(2048, "WitnessContradicts"), "{Fault}");
        private static readonly Action<ILogger, string, Exception?> WarningMessage = LoggerMessage.Define<string>(LogLevel.Warning, new EventId(2046, "WitnessUnavailable"), "{Fault}");
        private static readonly Action<ILogger, string, string, Exception?> BackMessage =
            LoggerMessage.Define<string, string>(LogLevel.Information, new EventId(2049, "WitnessBack"), "The witness {Witness} cosigns {Origin} again");

        public static void Failed(ILogger logger, LogLevel level, string fault) => (level == LogLevel.Error ? ErrorMessage : WarningMessage)(logger, fault, null);

        public static void Back(ILogger logger, string witness, string origin) => BackMessage(logger, witness, origin, null);
    }
}
