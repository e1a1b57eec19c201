using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Trust;

/// <summary>Which checkpoints somebody accepts: whose logs they have to be. Immutable, thread safe.</summary>
public sealed class TrustPolicy
{
    private readonly Func<string, IReadOnlyList<NoteVerifierKey>> _keysOf;

    private TrustPolicy(Func<string, IReadOnlyList<NoteVerifierKey>> keysOf) => _keysOf = keysOf;

    /// <summary>The one log whose name the key carries.</summary>
    public static TrustPolicy ForLog(NoteVerifierKey key) => new(origin => key.Name == origin ? [key] : []);

    /// <summary>Any log that this key signs for, whatever its name: an installation signs all its logs with one key.</summary>
    public static TrustPolicy ForKey(Ed25519PublicKey key) => new(origin => NoteText.IsName(origin) ? [NoteVerifierKey.ForLog(origin, key)] : []);

    /// <summary>Reads a checkpoint and checks its signatures; <see cref="LedgerFaultKind.CheckpointUntrusted"/> says what is wrong.</summary>
    /// <param name="note">The signed note as it was found.</param>
    /// <param name="signed">The checkpoint, when it is accepted.</param>
    public LedgerFault? Accept(ReadOnlySpan<byte> note, out SignedCheckpoint? signed)
    {
        signed = null;
        if (!SignedNote.TryParse(note, out var parsed))
            return Untrusted("it is no signed note");
        if (!Checkpoint.TryParse(parsed.Text, out var checkpoint))
            return Untrusted("its text is no checkpoint: origin, size and root");
        var keys = _keysOf(checkpoint.Origin);
        if (keys.Count == 0)
            return Untrusted($"the log '{checkpoint.Origin}' is not one that is trusted here");
        if (!keys.Any(parsed.IsSignedBy))
            return Untrusted($"it is not signed by a key that is trusted for '{checkpoint.Origin}'");
        signed = new SignedCheckpoint(checkpoint, parsed);
        return null;
    }

    private static LedgerFault Untrusted(string why) => new(LedgerFaultKind.CheckpointUntrusted, $"the checkpoint is not accepted: {why}");
}
