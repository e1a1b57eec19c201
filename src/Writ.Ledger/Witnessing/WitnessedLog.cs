using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Witnessing;

/// <summary>
/// One log before its witnesses: which of them cosigned what, the newest checkpoint with whatever cosignatures it has, and the newest that
/// has the quorum, which is kept. Thread safe.
/// </summary>
public sealed class WitnessedLog
{
    private readonly Lock _gate = new();
    private readonly TrustPolicy _policy;
    private readonly ICheckpointStore _store;
    private readonly Dictionary<string, WitnessState> _states;
    private SignedCheckpoint? _latest;
    private SignedCheckpoint? _witnessed;
    private byte[]? _kept;

    internal WitnessedLog(string origin, TrustPolicy policy, ICheckpointStore store, byte[]? kept)
    {
        (Origin, _policy, _store, _kept) = (origin, policy, store, kept);
        _states = policy.Witnesses.ToDictionary(w => w.Name, w => new WitnessState(w.Name, 0, null, null, null), StringComparer.Ordinal);

        // One that another policy or key made counts no longer; it is replaced by the next.
        if (kept is not null && policy.Accept(kept, out var accepted) is null)
            _witnessed = _latest = accepted;
    }

    /// <summary>The log's origin.</summary>
    public string Origin { get; }

    /// <summary>The newest checkpoint that has the quorum of the policy; null before the first.</summary>
    public SignedCheckpoint? Witnessed
    {
        get
        {
            lock (_gate)
                return _witnessed;
        }
    }

    /// <summary>How each witness stands, in the order of the policy.</summary>
    public IReadOnlyList<WitnessState> States
    {
        get
        {
            lock (_gate)
                return [.. _policy.Witnesses.Select(w => _states[w.Name])];
        }
    }

    /// <summary>A signed checkpoint with the cosignatures that are known of it.</summary>
    public SignedCheckpoint WithCosignatures(SignedCheckpoint signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        lock (_gate)
            return _latest is { } latest && latest.Checkpoint == signed.Checkpoint ? latest : signed;
    }

    internal WitnessState StateOf(TrustedWitness witness)
    {
        lock (_gate)
            return _states[witness.Name];
    }

    internal void Become(WitnessState state)
    {
        lock (_gate)
            _states[state.Witness] = state;
    }

    /// <summary>Takes over a verified cosignature; a fault when the checkpoint with its quorum could not be kept.</summary>
    internal LedgerFault? Add(SignedCheckpoint signed, NoteSignature cosignature)
    {
        lock (_gate)
        {
            if (_latest is null || _latest.Checkpoint.Size < signed.Checkpoint.Size)
                _latest = signed;
            if (_latest.Checkpoint != signed.Checkpoint)
                return null; // of an older one: it says nothing that is still needed
            _latest = _latest with { Note = _latest.Note.With([.. _latest.Note.Signatures.Where(s => (s.Name, s.KeyId) != (cosignature.Name, cosignature.KeyId)), cosignature]) };
            var bytes = _latest.Note.ToBytes();
            if (_policy.Accept(bytes, out _) is not null)
                return null;
            if (_store.CompareAndSwap(Origin, _kept, bytes) is { } fault)
                return fault;
            (_kept, _witnessed) = (bytes, _latest);
            return null;
        }
    }
}
