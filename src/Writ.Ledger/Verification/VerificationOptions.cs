using Writ.Crypto.Signing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Verification;

/// <summary>What is verified, and against what. Immutable.</summary>
public sealed record VerificationOptions
{
    /// <summary>The data folder. Only read; a ledger that is open on it may go on, and what it appends meanwhile may show as a torn tail.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The kept checkpoints; null when there are none at hand, and then a cut or rewritten folder cannot be told from a sound one.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>The public keys that may have signed them; at least one when <see cref="Checkpoints"/> is given.</summary>
    public IReadOnlyList<Ed25519PublicKey> Keys { get; init; } = [];

    /// <summary>
    /// True for what was taken from an archive: only full segments are there, so that either family may end before the other, and a kept checkpoint
    /// may promise more. What is there has to be sound all the same. Default false.
    /// </summary>
    public bool IsPrefix { get; init; }

    /// <summary>The storage of the data folder. Default the machine's.</summary>
    public IDisk Disk { get; init; } = PosixDisk.Instance;
}
