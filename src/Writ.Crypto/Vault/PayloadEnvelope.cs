using System.Buffers;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// The form of a sealed payload: version (1), key id (16), nonce ‖ ciphertext ‖ tag of salt ‖ payload. Bound to it beside the
/// caller's own data, which comes last and so cannot run into what is before it: version, key id and organization.
/// </summary>
internal static class PayloadEnvelope
{
    private const byte Version = 1;
    private const int HeaderLength = 1 + 16;
    private const int ContextLength = HeaderLength + Hash256.Length;

    public static bool TryKeyId(ReadOnlySpan<byte> @sealed, out Guid keyId)
    {
        var plausible = @sealed.Length >= HeaderLength + SealingKey.Overhead + Commitment.SaltLength && @sealed[0] == Version;
        keyId = plausible ? new Guid(@sealed[1..HeaderLength]) : default;
        return plausible;
    }

    public static SealedPayload Seal(SealingKey key, SubjectKey owner, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> associatedData)
    {
        var plainLength = Commitment.SaltLength + payload.Length;
        var plain = ArrayPool<byte>.Shared.Rent(plainLength);
        var context = ArrayPool<byte>.Shared.Rent(ContextLength + associatedData.Length);
        try
        {
            // One call for salt and nonce: the random source costs as much as the cipher.
            Span<byte> random = stackalloc byte[Commitment.SaltLength + SealingKey.NonceLength];
            RandomNumberGenerator.Fill(random);
            random[..Commitment.SaltLength].CopyTo(plain);
            payload.CopyTo(plain.AsSpan(Commitment.SaltLength));
            var commitment = Commitment.OfSalted(plain.AsSpan(0, plainLength));
            var box = new byte[HeaderLength + plainLength + SealingKey.Overhead];
            box[0] = Version;
            owner.Id.TryWriteBytes(box.AsSpan(1));
            key.Seal(random[Commitment.SaltLength..], plain.AsSpan(0, plainLength), Context(context, box, owner, associatedData), box.AsSpan(HeaderLength));
            return new SealedPayload(box, commitment);
        }
        finally
        {
            plain.AsSpan(0, plainLength).Clear();
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(context);
        }
    }

    public static OpenResult Open(SealingKey key, SubjectKey owner, ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> associatedData)
    {
        var plain = new byte[@sealed.Length - HeaderLength - SealingKey.Overhead];
        var context = ArrayPool<byte>.Shared.Rent(ContextLength + associatedData.Length);
        try
        {
            return key.TryOpen(@sealed[HeaderLength..], Context(context, @sealed, owner, associatedData), plain)
                ? new OpenResult.Opened(plain.AsMemory(Commitment.SaltLength), plain.AsMemory(0, Commitment.SaltLength))
                : new OpenResult.Tampered();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(context);
        }
    }

    private static ReadOnlySpan<byte> Context(byte[] room, ReadOnlySpan<byte> @sealed, SubjectKey owner, ReadOnlySpan<byte> associatedData)
    {
        @sealed[..HeaderLength].CopyTo(room);
        owner.Frame.Organization.CopyTo(room.AsSpan(HeaderLength));
        associatedData.CopyTo(room.AsSpan(ContextLength));
        return room.AsSpan(0, ContextLength + associatedData.Length);
    }
}
