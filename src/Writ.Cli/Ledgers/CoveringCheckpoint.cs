using Writ.Cli.Terminal;
using Writ.Ledger;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Tiles;
using Writ.Ledger.Trust;

namespace Writ.Cli.Ledgers;

/// <summary>
/// Finds a checkpoint that a record lies under: the one that is served, once the witnesses have seen the record; where they take too long,
/// the newest that is signed.
/// </summary>
internal sealed class CoveringCheckpoint(Screen screen, TrustPolicy policy, TimeProvider time)
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The checkpoint; null, and why, where none can be had. It is smaller where the log has no such record.</summary>
    public async Task<(SignedCheckpoint? Signed, LedgerFault? Fault)> FindAsync(TiledLog log, ILogReader reader, ulong index, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if ((await log.ReadCheckpointAsync(policy, cancellation)).TryGet(out var served, out var fault) && index < served.Checkpoint.Size)
                return (served, null);
            if (fault is not null and not { Kind: LedgerFaultKind.NotFound })
                return (null, fault);
            var latest = await reader.ReadAsync("checkpoint/latest", SignedNote.MaxLength, cancellation);
            if (!latest.IsFound)
                return (null, latest.Fault);
            if (policy.Accept(latest.Bytes.Span, out var newest) is { } untrusted)
                return (null, untrusted);
            if (index >= newest!.Checkpoint.Size)
                return (newest, null);
            if (tries == Tries)
            {
                screen.Note($"The witnesses have not cosigned all of {InertText.Of(newest.Checkpoint.Origin)} yet (writ ledger show): what is proved of it is signed by the log alone.");
                return (newest, null);
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }
}
