using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Notes;

namespace Writ.Ledger.Trust;

/// <summary>
/// Which checkpoints somebody accepts (C2SP tlog-policy): whose logs they have to be, and which witnesses have to have cosigned them.
/// Immutable, thread safe.
/// </summary>
public sealed class TrustPolicy
{
    /// <summary>The longest policy file that is read, in bytes.</summary>
    public const int MaxFileLength = 256 * 1024;

    private readonly IReadOnlyList<NoteVerifierKey> _logs;
    private readonly IReadOnlyList<Ed25519PublicKey> _anyLog;

    internal TrustPolicy(IReadOnlyList<NoteVerifierKey> logs, IReadOnlyList<Ed25519PublicKey> anyLog, IReadOnlyList<TrustedWitness> witnesses, Quorum quorum) =>
        (_logs, _anyLog, Witnesses, Quorum) = (logs, anyLog, witnesses, quorum);

    /// <summary>The witnesses that are known, in the order of the policy.</summary>
    public IReadOnlyList<TrustedWitness> Witnesses { get; }

    /// <summary>True when a checkpoint needs cosignatures.</summary>
    public bool NeedsWitnesses => Quorum is not Quorum.None;

    /// <summary>True when no log is named, and the log's key has to come from elsewhere: <see cref="WithKey"/>.</summary>
    public bool NamesNoLog => _logs.Count == 0 && _anyLog.Count == 0;

    internal Quorum Quorum { get; }

    /// <summary>The one log whose name the key carries.</summary>
    public static TrustPolicy ForLog(NoteVerifierKey key) => new([key], [], [], new Quorum.None());

    /// <summary>Any log that this key signs for, whatever its name: an installation signs all its logs with one key.</summary>
    public static TrustPolicy ForKey(Ed25519PublicKey key) => ForKeys([key]);

    /// <summary>Any log that one of these keys signs for: those of an installation's <see cref="Rotation.KeyHistory"/>.</summary>
    public static TrustPolicy ForKeys(IReadOnlyList<Ed25519PublicKey> keys) => new([], keys, [], new Quorum.None());

    /// <summary>This policy's witnesses and quorum, for any log that this key signs for beside those it names.</summary>
    public TrustPolicy WithKey(Ed25519PublicKey key) => new(_logs, [key], Witnesses, Quorum);

    /// <summary>
    /// Reads a policy file. Where false, every problem with its line; nothing is taken over.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TrustPolicy? policy, out IReadOnlyList<PolicyFileProblem> problems)
    {
        var read = new PolicyFile();
        policy = read.Read(file);
        problems = read.Problems;
        return policy is not null;
    }

    /// <summary>
    /// Reads a checkpoint and checks its signatures; <see cref="LedgerFaultKind.CheckpointUntrusted"/> or
    /// <see cref="LedgerFaultKind.QuorumMissing"/> says what is wrong.
    /// </summary>
    /// <param name="note">The signed note as it was found.</param>
    /// <param name="signed">The checkpoint, when it is accepted.</param>
    public LedgerFault? Accept(ReadOnlySpan<byte> note, out SignedCheckpoint? signed)
    {
        signed = null;
        if (!SignedNote.TryParse(note, out var parsed))
            return Untrusted("it is no signed note");
        if (!Checkpoint.TryParse(parsed.Text, out var checkpoint))
            return Untrusted("its text is no checkpoint: origin, size and root");
        if (KeysOf(checkpoint.Origin) is not { Count: > 0 } keys)
            return Untrusted($"the log '{checkpoint.Origin}' is not one that is trusted here");
        if (!keys.Any(parsed.IsSignedBy))
            return Untrusted($"it is not signed by a key that is trusted for '{checkpoint.Origin}'");
        var cosigned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var witness in Witnesses)
        {
            if (parsed.IsSignedBy(witness.Key))
                cosigned.Add(witness.Name);
            else if (parsed.Signatures.Any(witness.Key.Names))
                return Untrusted($"the signature in the name of the witness {witness.Key.Name} is not its signature of this checkpoint");
        }

        if (!Quorum.IsMet(cosigned))
            return new LedgerFault(
                LedgerFaultKind.QuorumMissing,
                $"the checkpoint is not accepted: it was cosigned by {(cosigned.Count == 0 ? "no witness that is known" : string.Join(", ", cosigned))}, and the policy asks for {Quorum.Describe()}");
        signed = new SignedCheckpoint(checkpoint, parsed);
        return null;
    }

    private List<NoteVerifierKey> KeysOf(string origin)
    {
        var keys = _logs.Where(key => key.Name == origin).ToList();
        if (NoteText.IsName(origin))
            keys.AddRange(_anyLog.Select(key => NoteVerifierKey.ForLog(origin, key)));
        return keys;
    }

    private static LedgerFault Untrusted(string why) => new(LedgerFaultKind.CheckpointUntrusted, $"the checkpoint is not accepted: {why}");
}
