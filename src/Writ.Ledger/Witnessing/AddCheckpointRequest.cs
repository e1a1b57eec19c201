using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;

namespace Writ.Ledger.Witnessing;

/// <summary>
/// What a log sends to a witness (C2SP tlog-witness, add-checkpoint): the size the witness is thought to have, the proof from there, the
/// new checkpoint. Immutable.
/// </summary>
/// <param name="OldSize">The size of the checkpoint the witness cosigned last; 0 for none.</param>
/// <param name="Proof">The consistency proof from there; empty from 0.</param>
/// <param name="Note">The checkpoint's signed note, as it was sent.</param>
public sealed record AddCheckpointRequest(ulong OldSize, IReadOnlyList<Hash256> Proof, ReadOnlyMemory<byte> Note)
{
    /// <summary>The most hashes a proof may have.</summary>
    public const int MaxProof = 63;

    /// <summary>The longest request, in bytes.</summary>
    public const int MaxLength = 32 + MaxProof * 45 + Notes.SignedNote.MaxLength;

    /// <summary>Reads a request; null where it is malformed.</summary>
    public static AddCheckpointRequest? Parse(ReadOnlyMemory<byte> body)
    {
        var split = body.Span.IndexOf("\n\n"u8);
        if (body.Length > MaxLength || split < 0)
            return null;
        var lines = Encoding.Latin1.GetString(body.Span[..split]).Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal)
            || !ulong.TryParse(lines[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || lines[0] != string.Create(CultureInfo.InvariantCulture, $"old {size}")
            || lines.Length - 1 > MaxProof)
            return null;
        var proof = new Hash256[lines.Length - 1];
        for (var i = 0; i < proof.Length; i++)
        {
            if (!Hash256.TryParseBase64(lines[i + 1], out proof[i]))
                return null;
        }

        return new AddCheckpointRequest(size, proof, body[(split + 2)..]);
    }

    /// <summary>The request's body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (var hash in Proof)
            text.Append(hash.ToBase64()).Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Note.Span];
    }
}
