using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// One entry of the key store, 144 bytes: mac (16), kind (1), zeros (7), key id (16), organization (32), subject tag (32), wrapped
/// key (40). The mac covers the frame and the mac before it, so that no frame can be changed, moved or taken out unseen.
/// </summary>
internal readonly record struct KeyFrame(KeyFrameKind Kind, Guid KeyId, Hash256 Organization, Hash256 Tag, ReadOnlyMemory<byte> Wrapped)
{
    public const int Length = MacLength + 128;
    public const int MacLength = 16;

    private const int KindAt = MacLength;
    private const int KeyIdAt = KindAt + 8;
    private const int OrganizationAt = KeyIdAt + 16;
    private const int TagAt = OrganizationAt + Hash256.Length;
    private const int WrappedAt = TagAt + Hash256.Length;

    /// <summary>Writes the frame; <paramref name="mac"/> is that of the frame before, and becomes this one's.</summary>
    public void Write(ReadOnlySpan<byte> macKey, Span<byte> mac, Span<byte> destination)
    {
        destination.Clear();
        destination[KindAt] = (byte)Kind;
        KeyId.TryWriteBytes(destination[KeyIdAt..]);
        Organization.CopyTo(destination[OrganizationAt..]);
        Tag.CopyTo(destination[TagAt..]);
        Wrapped.Span.CopyTo(destination[WrappedAt..]);
        Authenticate(macKey, mac, destination, mac);
        mac.CopyTo(destination);
    }

    /// <summary>Reads a frame; false, with <paramref name="mac"/> untouched, when its mac is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ReadOnlySpan<byte> macKey, Span<byte> mac, out KeyFrame frame)
    {
        Span<byte> expected = stackalloc byte[MacLength];
        Authenticate(macKey, mac, source, expected);
        frame = default;
        if (!CryptographicOperations.FixedTimeEquals(expected, source[..MacLength]))
            return false;
        expected.CopyTo(mac);
        frame = Parse(source);
        return true;
    }

    /// <summary>The fields, whoever wrote them.</summary>
    public static KeyFrame Parse(ReadOnlySpan<byte> source) => new(
        (KeyFrameKind)source[KindAt],
        new Guid(source.Slice(KeyIdAt, 16)),
        new Hash256(source.Slice(OrganizationAt, Hash256.Length)),
        new Hash256(source.Slice(TagAt, Hash256.Length)),
        source.Slice(WrappedAt, KeyWrap.WrappedKeyLength).ToArray());

    private static void Authenticate(ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> before, ReadOnlySpan<byte> frame, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[Length];
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        before.CopyTo(input);
        frame[MacLength..].CopyTo(input[MacLength..]);
        HMACSHA256.HashData(macKey, input, whole);
        whole[..MacLength].CopyTo(mac);
    }
}
