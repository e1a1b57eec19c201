using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Ledger.Checkpoints;
using Writ.Ledger.Merkle;
using Writ.Ledger.Notes;
using Writ.Ledger.Trust;

namespace Writ.Ledger.Proofs;

/// <summary>
/// A file that proves, without a server, that an entry is in a log (C2SP tlog-proof, <c>.tlog-proof</c>): its index, the hashes from its
/// leaf to the root, and the signed checkpoint. Having one proves nothing; <see cref="Verify"/> does. Immutable, thread safe.
/// </summary>
public sealed class TlogProof
{
    /// <summary>The longest file that is read, in bytes: the longest entry, 64 hashes and the longest note.</summary>
    public const int MaxLength = 256 * 1024;

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int MaxHashes = 64;

    private readonly byte[] _checkpoint;

    /// <summary>Puts a proof together; nothing is checked but its form.</summary>
    /// <param name="index">The entry's zero-based place.</param>
    /// <param name="hashes">From the leaf's sibling to the root's child, at most 64.</param>
    /// <param name="checkpoint">The signed note, taken over as it is.</param>
    /// <param name="extra">What the verifier needs to make the leaf; in Writ's proofs the record itself. Null for none.</param>
    /// <exception cref="ArgumentException">More than 64 hashes.</exception>
    public TlogProof(ulong index, IReadOnlyList<Hash256> hashes, ReadOnlyMemory<byte> checkpoint, ReadOnlyMemory<byte>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        if (hashes.Count > MaxHashes)
            throw new ArgumentException($"a proof has at most {MaxHashes} hashes", nameof(hashes));
        (Index, Hashes, Extra, _checkpoint) = (index, hashes, extra, checkpoint.ToArray());
    }

    /// <summary>The entry's zero-based place.</summary>
    public ulong Index { get; }

    /// <summary>From the leaf's sibling to the root's child.</summary>
    public IReadOnlyList<Hash256> Hashes { get; }

    /// <summary>The checkpoint's signed note, not verified.</summary>
    public ReadOnlyMemory<byte> Checkpoint => _checkpoint;

    /// <summary>Data beside the proof; not authenticated, unless what is made of it is the leaf. Null for none.</summary>
    public ReadOnlyMemory<byte>? Extra { get; }

    /// <summary>True when bytes begin like such a file, whatever follows.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith("c2sp.org/tlog-proof@"u8);

    /// <summary>Reads a file. Where false, <paramref name="fault"/> names the line.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out LedgerFault? fault)
    {
        proof = null;
        var line = 0;
        var rest = bytes;
        if (bytes.Length > MaxLength)
            return Malformed(0, $"it is longer than {MaxLength} bytes", out fault);
        if (!TakeLine(ref rest, ref line, out var text) || text != Header)
            return Malformed(1, $"expected '{Header}'", out fault);
        ReadOnlyMemory<byte>? extra = null;
        if (!TakeLine(ref rest, ref line, out text))
            return Malformed(line + 1, "expected 'extra' or 'index'", out fault);
        if (text.StartsWith("extra ", StringComparison.Ordinal))
        {
            if (NoteText.FromBase64(text["extra ".Length..]) is not { } data)
                return Malformed(line, "what follows 'extra' is not base64", out fault);
            extra = data;
            if (!TakeLine(ref rest, ref line, out text))
                return Malformed(line + 1, "expected 'index'", out fault);
        }

        if (!text.StartsWith("index ", StringComparison.Ordinal)
            || !ulong.TryParse(text["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || text != string.Create(CultureInfo.InvariantCulture, $"index {index}"))
            return Malformed(line, "expected 'index' and a number without leading zeros", out fault);

        var hashes = new List<Hash256>();
        while (TakeLine(ref rest, ref line, out text) && text.Length > 0)
        {
            if (hashes.Count == MaxHashes || !Hash256.TryParseBase64(text, out var hash))
                return Malformed(line, $"expected one of at most {MaxHashes} hashes in base64, or the empty line before the checkpoint", out fault);
            hashes.Add(hash);
        }

        if (text is not "")
            return Malformed(line + 1, "expected the empty line before the checkpoint", out fault);
        (proof, fault) = (new TlogProof(index, hashes, rest.ToArray(), extra), null);
        return true;
    }

    /// <summary>
    /// The checkpoint, when the policy accepts it and the proof puts the leaf into its tree; else
    /// <see cref="LedgerFaultKind.CheckpointUntrusted"/> or <see cref="LedgerFaultKind.ProofFails"/>.
    /// </summary>
    /// <param name="leaf">The leaf hash of the entry, made by the verifier: of the record, never read from the proof.</param>
    /// <param name="policy">Whose checkpoints count.</param>
    /// <param name="signed">The checkpoint that was accepted.</param>
    public LedgerFault? Verify(in Hash256 leaf, TrustPolicy policy, out SignedCheckpoint? signed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Accept(_checkpoint, out signed) is { } untrusted)
            return untrusted;
        var (origin, size, root) = signed!.Checkpoint;
        if (MerkleProof.VerifyInclusion(Index, size, leaf, [.. Hashes], root))
            return null;
        signed = null;
        return new LedgerFault(LedgerFaultKind.ProofFails, $"this is not entry {Index} of {origin} as its checkpoint of size {size} signs it");
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Hashes)
            text.Append(hash.ToBase64()).Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. _checkpoint];
    }

    private static bool TakeLine(ref ReadOnlySpan<byte> rest, ref int number, out string text)
    {
        var end = rest.IndexOf((byte)'\n');
        text = end < 0 ? "\uFFFF" : Encoding.Latin1.GetString(rest[..end]);
        if (end < 0)
            return false;
        rest = rest[(end + 1)..];
        number++;
        return true;
    }

    private static bool Malformed(int line, string what, out LedgerFault fault)
    {
        fault = new LedgerFault(LedgerFaultKind.ProofMalformed, line == 0 ? $"no tlog-proof: {what}" : $"no tlog-proof: line {line}: {what}");
        return false;
    }
}
