using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Writ.Crypto.Signing;

namespace Writ.Ledger.Notes;

/// <summary>A text with signatures (C2SP signed-note v1.0.0). Parsing proves nothing; <see cref="IsSignedBy"/> does. Immutable.</summary>
public sealed class SignedNote
{
    /// <summary>The longest note that is parsed, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    private const int MaxSignatures = 64;
    private const string SignatureStart = "— ";

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = signatures;
    }

    /// <summary>The signed text, with its last newline, without the blank line.</summary>
    public string Text { get; }

    /// <summary>The signature lines in order, 1 to 64.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Reads a note; false when it is malformed: not UTF-8, control characters, no blank line, no or broken signature lines.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note) => TryParse(bytes, MaxLength, out note);

    /// <summary>The same for a note of this installation's own, which may be longer.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> bytes, int maxLength, [NotNullWhen(true)] out SignedNote? note)
    {
        note = null;
        if (bytes.Length > maxLength)
            return false;
        string all;
        try
        {
            all = NoteText.Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        var split = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !NoteText.IsText(all))
            return false;
        var lines = all[(split + 2)..].Split('\n');
        // The text ends with a newline, so that the last part is empty.
        if (lines.Length is < 2 or > MaxSignatures + 1 || lines[^1].Length != 0)
            return false;
        var signatures = new List<NoteSignature>(lines.Length - 1);
        foreach (var line in lines.AsSpan(0, lines.Length - 1))
        {
            if (ParseSignature(line) is not { } signature)
                return false;
            signatures.Add(signature);
        }

        note = new SignedNote(all[..(split + 1)], signatures);
        return true;
    }

    /// <summary>Signs a text with a log's Ed25519 key.</summary>
    /// <exception cref="ArgumentException">The text has control characters other than newline, or does not end with one.</exception>
    public static SignedNote Sign(string text, string name, Ed25519PrivateKey key)
    {
        if (!NoteText.IsText(text))
            throw new ArgumentException("a note's text ends with a newline and has no other control characters", nameof(text));
        var verifier = NoteVerifierKey.ForLog(name, key.PublicKey);
        return new SignedNote(text, [new NoteSignature(name, verifier.KeyId, key.Sign(Encoding.UTF8.GetBytes(text)))]);
    }

    /// <summary>
    /// True when at least one signature of <paramref name="key"/> is there and none of its signatures is wrong, as the specification
    /// demands. Signatures of other keys are ignored.
    /// </summary>
    public bool IsSignedBy(NoteVerifierKey key)
    {
        var found = false;
        foreach (var signature in Signatures)
        {
            if (!key.Names(signature))
                continue;
            if (!key.Verify(Text, signature))
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>The note as it is stored and sent.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Text}\n{string.Concat(Signatures.Select(LineOf))}");

    /// <summary>The same text with these signatures.</summary>
    internal SignedNote With(IReadOnlyList<NoteSignature> signatures) => new(Text, signatures);

    /// <summary>A signature as a line of a note, with its newline.</summary>
    internal static string LineOf(NoteSignature signature)
    {
        var bytes = new byte[4 + signature.Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
        signature.Bytes.Span.CopyTo(bytes.AsSpan(4));
        return $"{SignatureStart}{signature.Name} {Convert.ToBase64String(bytes)}\n";
    }

    private static NoteSignature? ParseSignature(string line)
    {
        if (!line.StartsWith(SignatureStart, StringComparison.Ordinal))
            return null;
        var parts = line[SignatureStart.Length..].Split(' ');
        if (parts.Length != 2 || !NoteText.IsName(parts[0]) || NoteText.FromBase64(parts[1]) is not { Length: > 4 } bytes)
            return null;
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }
}
