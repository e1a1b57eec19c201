using Microsoft.Extensions.Logging;
using Writ.Ledger;
using Writ.Ledger.Scrubbing;
using Writ.Ledger.Verification;
using Writ.Server.Configuration;
using Writ.Server.Installation;

namespace Writ.Server.Scrubbing;

/// <summary>The reading of old segments of both ledgers, wired, in the background.</summary>
internal sealed class ScrubParts : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ScrubParts(ServerOptions options, OpenInstallation installation, ILogger<ScrubParts> logger, TimeProvider time)
    {
        (string Name, LedgerScrubber Scrubber) Scrubber(string name, MerkleLedger ledger) => (name, new LedgerScrubber(
            ledger,
            new ScrubOptions { BytesPerSecond = options.Ledger.ScrubBytesPerSecond, Interval = options.Ledger.ScrubInterval, Time = time },
            finding => Log.Damaged(logger, name, finding)));

        Scrubbers = [Scrubber("control", installation.Control), Scrubber("decisions", installation.Decisions)];
        _running = Task.WhenAll(Scrubbers.Select(s => s.Scrubber.RunAsync(_stop.Token)));
    }

    /// <summary>One for each ledger, by its name.</summary>
    public IReadOnlyList<(string Name, LedgerScrubber Scrubber)> Scrubbers { get; }

    /// <summary>True while an old segment of either ledger is not what was written.</summary>
    public bool HasDamage => Scrubbers.Any(s => s.Scrubber.State.Fault is not null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, string, long, Exception?> DamagedMessage = LoggerMessage.Define<string, string, string, long>(
            LogLevel.Error, new EventId(2100, "SegmentDamaged"), "WRIT2100 The ledger '{Ledger}' is damaged: {Kind} in {File} at byte {Offset}. New records are kept; restore this file from a backup or the archive");

        public static void Damaged(ILogger logger, string ledger, Finding finding) =>
            DamagedMessage(logger, ledger, finding.Kind.ToString(), finding.File, finding.Offset, null);
    }
}
