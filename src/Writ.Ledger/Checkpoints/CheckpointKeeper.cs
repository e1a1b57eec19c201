using Writ.Crypto.Signing;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Checkpoints;

/// <summary>
/// Signs checkpoints and keeps the last of each log apart, keeping before handing out: a signature that left the process is never
/// forgotten. Thread safe.
/// </summary>
internal sealed class CheckpointKeeper(ICheckpointStore store, Ed25519PrivateKey key, IReadOnlyList<Ed25519PublicKey> previous)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SignedCheckpoint Signed, byte[] Bytes)> _kept = [];
    private LedgerFault? _conflict;

    /// <summary>Reads the store; every note in it must be this key's, or one's that went.</summary>
    public LedgerFault? Load()
    {
        var notes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (store.ReadAll(notes) is { } fault)
            return fault;
        foreach (var (origin, bytes) in notes)
        {
            if (!NoteText.IsName(origin)
                || !SignedNote.TryParse(bytes, out var note)
                || !Checkpoint.TryParse(note.Text, out var checkpoint)
                || checkpoint.Origin != origin
                || !previous.Prepend(key.PublicKey).Any(known => note.IsSignedBy(NoteVerifierKey.ForLog(origin, known))))
                return new LedgerFault(
                    LedgerFaultKind.CheckpointInvalid,
                    $"the kept checkpoint of {origin} was not signed by a key of this installation: is it the right key file?");
            _kept[origin] = (new SignedCheckpoint(checkpoint, note), bytes);
        }

        return null;
    }

    public SignedCheckpoint? Last(string origin)
    {
        lock (_gate)
            return _kept.TryGetValue(origin, out var kept) ? kept.Signed : null;
    }

    public IReadOnlyList<Checkpoint> All()
    {
        lock (_gate)
            return [.. _kept.Values.Select(k => k.Signed.Checkpoint)];
    }

    /// <summary>Under the key that signs now; one under a key that went is signed again.</summary>
    private bool IsOwn(SignedCheckpoint signed) => signed.Note.IsSignedBy(NoteVerifierKey.ForLog(signed.Checkpoint.Origin, key.PublicKey));

    /// <summary>Reads a checkpoint of a log that came from elsewhere; null where none of this ledger's keys signed it.</summary>
    public Checkpoint? Read(string origin, ReadOnlySpan<byte> bytes) =>
        SignedNote.TryParse(bytes, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Origin == origin
        && previous.Prepend(key.PublicKey).Any(known => note.IsSignedBy(NoteVerifierKey.ForLog(origin, known)))
            ? checkpoint
            : null;

    /// <summary>
    /// Signs nothing more, and keeps the checkpoint that the log contradicts in the place of the last one, so that no later opening forgets it.
    /// </summary>
    public void Yield(string origin, byte[] contradicted, LedgerFault why)
    {
        lock (_gate)
        {
            _conflict ??= why;
            // Where it cannot be kept, whoever has it shows it again at the next start.
            store.CompareAndSwap(origin, _kept.TryGetValue(origin, out var kept) ? kept.Bytes : null, contradicted);
        }
    }

    /// <summary>The signed checkpoint of a durable head; the kept one when it is the same.</summary>
    public CheckpointSigning Sign(string origin, LogHead head)
    {
        lock (_gate)
        {
            if (_conflict is not null)
                return new CheckpointSigning.Refused(_conflict);
            var has = _kept.TryGetValue(origin, out var kept);
            if (has && (kept.Signed.Checkpoint.Size > head.Size || (kept.Signed.Checkpoint.Size == head.Size && IsOwn(kept.Signed))))
                return new CheckpointSigning.Done(kept.Signed);

            var checkpoint = new Checkpoint(origin, head.Size, head.Root);
            var note = checkpoint.Sign(key);
            var bytes = note.ToBytes();
            if (store.CompareAndSwap(origin, has ? kept.Bytes : null, bytes) is { } fault)
            {
                // After a conflict somebody else signs with this key; signing on could prove two histories.
                if (fault.Kind == LedgerFaultKind.CheckpointConflict)
                    _conflict = fault;
                return new CheckpointSigning.Refused(fault);
            }

            var signed = new SignedCheckpoint(checkpoint, note);
            _kept[origin] = (signed, bytes);
            return new CheckpointSigning.Done(signed);
        }
    }
}
