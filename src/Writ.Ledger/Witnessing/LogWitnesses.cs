using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Witnessing;

/// <summary>
/// Has the checkpoints of a ledger's logs cosigned (C2SP tlog-witness, the log's side). A witness that fails is asked less and less often,
/// one that is slow keeps nobody but this waiting: appends never wait for it. Thread safe; one round at a time.
/// </summary>
public sealed class LogWitnesses
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly MerkleLedger _ledger;
    private readonly TrustPolicy _policy;
    private readonly IWitnessTransport _transport;
    private readonly ICheckpointStore _store;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, byte[]> _kept;
    private readonly ConcurrentDictionary<string, WitnessedLog> _logs = new(StringComparer.Ordinal);

    private LogWitnesses(MerkleLedger ledger, TrustPolicy policy, IWitnessTransport transport, ICheckpointStore store, TimeProvider time, Dictionary<string, byte[]> kept) =>
        (_ledger, _policy, _transport, _store, _time, _kept) = (ledger, policy, transport, store, time, kept);

    /// <summary>Reads what was kept; null and <paramref name="fault"/> when that cannot be.</summary>
    /// <param name="ledger">Whose logs.</param>
    /// <param name="policy">The witnesses, each with an address, and the quorum; it has to accept the ledger's own key.</param>
    /// <param name="transport">The way to them.</param>
    /// <param name="store">Keeps the newest checkpoint of each log that has the quorum.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="fault">Why there is nothing.</param>
    public static LogWitnesses? Open(
        MerkleLedger ledger, TrustPolicy policy, IWitnessTransport transport, ICheckpointStore store, TimeProvider time, out LedgerFault? fault)
    {
        ArgumentNullException.ThrowIfNull(store);
        var kept = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        fault = store.ReadAll(kept);
        return fault is null ? new LogWitnesses(ledger, policy, transport, store, time, kept) : null;
    }

    /// <summary>How a log stands before its witnesses.</summary>
    public WitnessedLog Of(LogicalLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return _logs.GetOrAdd(log.Origin, origin => new WitnessedLog(origin, _policy, _store, _kept.GetValueOrDefault(origin)));
    }

    /// <summary>One round: each witness that is due is asked for each log's last signed checkpoint that it has not cosigned.</summary>
    public Task AskAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var questions =
            from log in _ledger.Logs
            let signed = _ledger.LastCheckpoint(log)
            where signed is not null
            from witness in _policy.Witnesses
            let state = Of(log).StateOf(witness)
            where state.CosignedSize < signed.Checkpoint.Size && !(state.AskAgainAt > now)
            select AskAsync(log, signed, witness, cancellationToken);
        return Task.WhenAll(questions.ToArray());
    }

    /// <summary>
    /// Asks every witness once what it cosigned last of each log, and holds the log against it. What a witness merely says stops nothing; a
    /// checkpoint that the ledger's own key signed and the log does not contain does. One that cannot be reached is passed over.
    /// </summary>
    /// <returns>Why the ledger is fenced; null where nothing contradicts it.</returns>
    public async Task<LedgerFault?> ConfrontAsync(CancellationToken cancellationToken)
    {
        var questions = from log in _ledger.Logs from witness in _policy.Witnesses select ConfrontAsync(log, witness, cancellationToken);
        return (await Task.WhenAll(questions.ToArray()).ConfigureAwait(false)).FirstOrDefault(fault => fault is not null);
    }

    private async Task<LedgerFault?> ConfrontAsync(LogicalLog log, TrustedWitness witness, CancellationToken cancellationToken)
    {
        var reply = await _transport.LatestAsync(witness, Hash256.Of(Encoding.UTF8.GetBytes(log.Origin)), cancellationToken).ConfigureAwait(false);
        return reply.Status == 200 ? _ledger.Confront(log, reply.Body) : null;
    }

    private async Task AskAsync(LogicalLog log, SignedCheckpoint signed, TrustedWitness witness, CancellationToken cancellationToken)
    {
        var witnessed = Of(log);
        var (fault, known) = await AskOnceAsync(log, signed, witness, witnessed.StateOf(witness).KnownSize, cancellationToken).ConfigureAwait(false);
        if (fault?.Kind == LedgerFaultKind.WitnessHasAnother)
            (fault, known) = await AskOnceAsync(log, signed, witness, known, cancellationToken).ConfigureAwait(false);
        if (fault is null)
            return;
        if (fault.Kind == LedgerFaultKind.WitnessContradicts)
            fault = await ConfrontAsync(log, witness, cancellationToken).ConfigureAwait(false) ?? fault;
        var state = witnessed.StateOf(witness);
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(state.Failures, 16)));
        witnessed.Become(state with { Fault = fault, KnownSize = known, Failures = state.Failures + 1, AskAgainAt = _time.GetUtcNow() + pause });
    }

    private async Task<(LedgerFault? Fault, ulong Known)> AskOnceAsync(
        LogicalLog log, SignedCheckpoint signed, TrustedWitness witness, ulong known, CancellationToken cancellationToken)
    {
        var size = signed.Checkpoint.Size;
        if (known > size)
            return (Ahead(log, witness, known, size), known);
        if (log.ProveConsistency(known, size) is not { } proof)
            return (new LedgerFault(LedgerFaultKind.ReadFailed, $"the records of {log.Origin} up to {size} cannot be read"), known);
        var note = signed.Note.ToBytes();
        var reply = await _transport.AddCheckpointAsync(witness, new AddCheckpointRequest(known, proof, note).ToBytes(), cancellationToken).ConfigureAwait(false);
        switch (reply.Status)
        {
            case 200:
                return Cosignature(note, reply.Body.Span, witness) is not { } cosignature
                    ? (Refused(witness, $"its answer is not its cosignature of {log.Origin} at {size}"), known)
                    : (Take(Of(log), signed, witness, cosignature), size);
            case 409 when SizeIn(reply.Body.Span) is { } has:
                return has > size
                    ? (Ahead(log, witness, has, size), has)
                    : (new LedgerFault(LedgerFaultKind.WitnessHasAnother, $"the witness {witness.Name} has {log.Origin} at size {has}"), has);
            case 404:
                return (Refused(witness, $"it does not know the log {log.Origin}: it needs the log's verifier key"), known);
            case 403:
                return (Refused(witness, $"it does not take the signature of {log.Origin}: it knows another key for the log"), known);
            case 422:
                return (new LedgerFault(
                    LedgerFaultKind.WitnessContradicts,
                    $"the witness {witness.Name} cosigned another history of {log.Origin} than this one at size {known}: find out which is the right one"), known);
            case 0:
                return (Refused(witness, reply.Fault ?? "no answer"), known);
            default:
                return (Refused(witness, string.Create(CultureInfo.InvariantCulture, $"it answered with HTTP {reply.Status}")), known);
        }
    }

    private static LedgerFault? Take(WitnessedLog log, SignedCheckpoint signed, TrustedWitness witness, NoteSignature cosignature)
    {
        if (log.Add(signed, cosignature) is { } unkept)
            return unkept;
        log.Become(new WitnessState(witness.Name, signed.Checkpoint.Size, NoteVerifierKey.TimeOf(cosignature), null, null) { KnownSize = signed.Checkpoint.Size });
        return null;
    }

    /// <summary>The witness's verified signature in its answer; null where there is none.</summary>
    private static NoteSignature? Cosignature(ReadOnlySpan<byte> note, ReadOnlySpan<byte> lines, TrustedWitness witness) =>
        SignedNote.TryParse([.. note, .. lines], out var cosigned) && cosigned.IsSignedBy(witness.Key)
            ? cosigned.Signatures.Last(witness.Key.Names)
            : null;

    private static ulong? SizeIn(ReadOnlySpan<byte> body) =>
        body.EndsWith("\n"u8) && ulong.TryParse(Encoding.Latin1.GetString(body[..^1]), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static LedgerFault Ahead(LogicalLog log, TrustedWitness witness, ulong has, ulong size) => new(
        LedgerFaultKind.WitnessContradicts,
        $"the witness {witness.Name} cosigned {log.Origin} at size {has}, and the log has {size} records: the whole installation was rolled back, or another signs with its key");

    private static LedgerFault Refused(TrustedWitness witness, string why) =>
        new(LedgerFaultKind.WitnessUnavailable, $"the witness {witness.Name} did not cosign: {why}");
}
