using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Signing;

namespace Writ.Ledger.Notes;

/// <summary>
/// A public key with a name (C2SP signed-note "vkey"): plain Ed25519 (type 0x01), or the timestamped Ed25519 cosignature of a
/// witness (type 0x04, C2SP tlog-cosignature). Immutable, thread safe.
/// </summary>
public sealed class NoteVerifierKey
{
    private const byte Ed25519 = 0x01;
    private const byte Cosignature = 0x04;
    private const int TimeLength = 8;
    private const ulong LastSecond = 253_402_300_799; // of the year 9999

    private readonly byte _type;

    private NoteVerifierKey(string name, byte type, Ed25519PublicKey key)
    {
        Name = name;
        Key = key;
        _type = type;
        KeyId = IdOf(name, type, key.Bytes);
    }

    /// <summary>The key's name; for a log, its origin.</summary>
    public string Name { get; }

    /// <summary>The public key.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>The first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ key).</summary>
    public uint KeyId { get; }

    /// <summary>True for a witness's timestamped cosignature key.</summary>
    public bool IsCosignature => _type == Cosignature;

    /// <summary>A log's own key.</summary>
    /// <exception cref="ArgumentException">The name is not one a note can carry.</exception>
    public static NoteVerifierKey ForLog(string name, Ed25519PublicKey key) => NoteText.IsName(name)
        ? new NoteVerifierKey(name, Ed25519, key)
        : throw new ArgumentException("not a key name: it is empty, too long, or has spaces, '+' or control characters", nameof(name));

    /// <summary>Whether a key can have this name: 1 to 255 bytes without spaces, '+' and control characters.</summary>
    public static bool IsName(string name) => NoteText.IsName(name);

    /// <summary>A witness's key of timestamped cosignatures.</summary>
    /// <exception cref="ArgumentException">The name is not one a note can carry.</exception>
    public static NoteVerifierKey ForWitness(string name, Ed25519PublicKey key) => NoteText.IsName(name)
        ? new NoteVerifierKey(name, Cosignature, key)
        : throw new ArgumentException("not a key name: it is empty, too long, or has spaces, '+' or control characters", nameof(name));

    /// <summary>When a witness says it made a cosignature, to the second; null where the signature is none, or the time none that a clock shows.</summary>
    public static DateTimeOffset? TimeOf(NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return signature.Bytes.Length == TimeLength + Ed25519PublicKey.SignatureLength
            && BinaryPrimitives.ReadUInt64BigEndian(signature.Bytes.Span) is var seconds and <= LastSecond
                ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
                : null;
    }

    /// <summary>Reads <c>name+hex(id)+base64(type ‖ key)</c>; false when any part is malformed or the id does not fit the key.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NoteVerifierKey? key)
    {
        key = null;
        // Base64 may contain '+', a name may not: split at the first two.
        var first = text.IndexOf('+', StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf('+', first + 1);
        if (second != first + 9
            || !NoteText.IsName(text.AsSpan(0, first))
            || !uint.TryParse(text.AsSpan(first + 1, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || NoteText.FromBase64(text[(second + 1)..]) is not { Length: 1 + Ed25519PublicKey.Length } encoded
            || encoded[0] is not (Ed25519 or Cosignature)
            || !Ed25519PublicKey.TryParse(encoded.AsSpan(1), out var publicKey))
            return false;
        var parsed = new NoteVerifierKey(text[..first], encoded[0], publicKey);
        key = parsed.KeyId == id ? parsed : null;
        return key is not null;
    }

    /// <summary>True when <paramref name="signature"/> names this key and is its signature of <paramref name="text"/>.</summary>
    public bool Verify(string text, NoteSignature signature)
    {
        if (!Names(signature))
            return false;
        var bytes = signature.Bytes.Span;
        if (!IsCosignature)
            return Key.Verify(Encoding.UTF8.GetBytes(text), bytes);
        if (bytes.Length != TimeLength + Ed25519PublicKey.SignatureLength)
            return false;
        return Key.Verify(Cosigned(text, BinaryPrimitives.ReadUInt64BigEndian(bytes)), bytes[TimeLength..]);
    }

    /// <summary>The cosignature of a text at a time (C2SP tlog-cosignature, Ed25519).</summary>
    internal NoteSignature Cosign(string text, Ed25519PrivateKey key, DateTimeOffset at)
    {
        var time = (ulong)Math.Max(1, at.ToUnixTimeSeconds());
        var bytes = new byte[TimeLength + Ed25519PublicKey.SignatureLength];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, time);
        key.Sign(Cosigned(text, time)).CopyTo(bytes, TimeLength);
        return new NoteSignature(Name, KeyId, bytes);
    }

    /// <summary>The vkey text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}+{KeyId:x8}+{Convert.ToBase64String([_type, .. Key.Bytes])}");

    internal bool Names(NoteSignature signature) => signature.KeyId == KeyId && signature.Name == Name;

    private static byte[] Cosigned(string text, ulong time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private static uint IdOf(string name, byte type, ReadOnlySpan<byte> key) =>
        BinaryPrimitives.ReadUInt32BigEndian(Hash256.Of([.. Encoding.UTF8.GetBytes(name), 0x0A, type, .. key]).Bytes);
}
