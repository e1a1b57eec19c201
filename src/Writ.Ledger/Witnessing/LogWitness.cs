using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Witnessing;

/// <summary>
/// A witness (C2SP tlog-witness): cosigns a log's checkpoint when it continues the last one it cosigned, and keeps it durably before it
/// answers, so that it never cosigns two histories. Check and replacement are one step under a lock, and compare-and-swap in the store
/// holds against a second process. Thread safe.
/// </summary>
public sealed class LogWitness
{
    private readonly Lock _gate = new();
    private readonly NoteVerifierKey _identity;
    private readonly Ed25519PrivateKey _key;
    private readonly IReadOnlyList<NoteVerifierKey> _logs;
    private readonly ICheckpointStore _store;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, byte[]> _kept;

    private LogWitness(string name, Ed25519PrivateKey key, IReadOnlyList<NoteVerifierKey> logs, ICheckpointStore store, TimeProvider time, Dictionary<string, byte[]> kept)
    {
        _identity = NoteVerifierKey.ForWitness(name, key.PublicKey);
        (_key, _logs, _store, _time, _kept) = (key, logs, store, time, kept);
    }

    /// <summary>The key that its cosignatures are checked with.</summary>
    public NoteVerifierKey Identity => _identity;

    /// <summary>Reads what was kept; <paramref name="fault"/> says why there is no witness then: it must not start with less than it cosigned.</summary>
    /// <param name="name">Its name, such as <c>witness.example/w1</c>.</param>
    /// <param name="key">Its own key, of no other use.</param>
    /// <param name="logs">The keys of the logs it serves; a key's name is the log's origin, and a log may have several.</param>
    /// <param name="store">Where the last cosigned checkpoint of each log is kept.</param>
    /// <param name="time">The clock of its statements.</param>
    /// <param name="fault">Why it does not start.</param>
    /// <exception cref="ArgumentException">The name is not one a note can carry.</exception>
    public static LogWitness? Start(
        string name, Ed25519PrivateKey key, IReadOnlyList<NoteVerifierKey> logs, ICheckpointStore store, TimeProvider time, out LedgerFault? fault)
    {
        ArgumentNullException.ThrowIfNull(store);
        var kept = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        fault = store.ReadAll(kept);
        if (fault is not null)
            return null;
        var witness = new LogWitness(name, key, logs, store, time, kept);
        foreach (var (origin, bytes) in kept)
        {
            if (!SignedNote.TryParse(bytes, out var note) || !note.IsSignedBy(witness.Identity))
            {
                fault = new LedgerFault(LedgerFaultKind.CheckpointInvalid, $"the kept checkpoint of {origin} was not cosigned by this witness's key: is it the right key file?");
                return null;
            }
        }

        return witness;
    }

    /// <summary>One add-checkpoint request, answered in the order of checks that the specification gives.</summary>
    public WitnessAnswer AddCheckpoint(ReadOnlyMemory<byte> body)
    {
        if (AddCheckpointRequest.Parse(body) is not { } request)
            return new WitnessAnswer.Malformed("expected 'old SIZE', at most 63 hashes in base64, an empty line and a checkpoint");
        if (!SignedNote.TryParse(request.Note.Span, out var note) || !Checkpoint.TryParse(note.Text, out var next))
            return new WitnessAnswer.Malformed("what follows the empty line is no checkpoint");
        var keys = _logs.Where(key => key.Name == next.Origin).ToArray();
        if (keys.Length == 0)
            return new WitnessAnswer.UnknownLog();
        if (!keys.Any(note.IsSignedBy) || keys.Any(key => note.Signatures.Any(key.Names) && !note.IsSignedBy(key)))
            return new WitnessAnswer.Unsigned();
        if (request.OldSize > next.Size)
            return new WitnessAnswer.Malformed($"the old size {request.OldSize} is beyond the checkpoint's {next.Size}");
        lock (_gate)
            return Add_NeedsLock(request, note, next, keys);
    }

    /// <summary>The last checkpoint cosigned for the log whose origin has this SHA-256, with both signatures; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Latest(Hash256 originHash)
    {
        lock (_gate)
        {
            foreach (var (origin, note) in _kept)
            {
                if (Hash256.Of(Encoding.UTF8.GetBytes(origin)) == originHash)
                    return note;
            }

            return null;
        }
    }

    private WitnessAnswer Add_NeedsLock(AddCheckpointRequest request, SignedNote note, Checkpoint next, NoteVerifierKey[] keys)
    {
        var has = _kept.TryGetValue(next.Origin, out var bytes);
        var last = has ? Read(bytes!) : new Checkpoint(next.Origin, 0, MerkleHash.EmptyRoot);
        if (request.OldSize != last.Size)
            return new WitnessAnswer.Behind(last.Size);
        if (next.Size == 0 && next.Root != MerkleHash.EmptyRoot)
            return new WitnessAnswer.Inconsistent("a log of size 0 has the root of the empty tree");
        if (next.Size == last.Size && next.Root != last.Root)
            return new WitnessAnswer.Inconsistent($"another tree of size {last.Size} was cosigned before: the log shows two histories");
        if (!MerkleProof.VerifyConsistency(last.Size, next.Size, last.Root, next.Root, [.. request.Proof]))
            return new WitnessAnswer.Inconsistent($"the proof does not show that the tree of size {next.Size} continues that of size {last.Size}");

        var cosignature = _identity.Cosign(note.Text, _key, _time.GetUtcNow());
        var cosigned = note.With([.. note.Signatures.Where(s => keys.Any(key => key.Names(s))), cosignature]);
        var kept = cosigned.ToBytes();
        if (_store.CompareAndSwap(next.Origin, bytes, kept) is { } fault)
            return new WitnessAnswer.NotKept(fault);
        _kept[next.Origin] = kept;
        return new WitnessAnswer.Cosigned(Encoding.UTF8.GetBytes(SignedNote.LineOf(cosignature)));
    }

    private static Checkpoint Read(byte[] bytes) =>
        SignedNote.TryParse(bytes, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint)
            ? checkpoint
            : throw new InvalidOperationException("a kept checkpoint was read at start and cannot be read now");
}
