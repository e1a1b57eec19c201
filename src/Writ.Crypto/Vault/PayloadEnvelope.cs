using Writ.Crypto.Hashing;
using Writ.Crypto.Randomness;
using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// The form of a sealed payload: version (1), key id (16), nonce ‖ ciphertext ‖ tag of salt ‖ payload. Bound to it beside the
/// caller's own data, which comes last and so cannot run into what is before it: version, key id and organization.
/// </summary>
internal static class PayloadEnvelope
{
    /// <summary>By how many bytes a sealed payload is longer than the payload.</summary>
    public const int Overhead = HeaderLength + SealingKey.Overhead + Commitment.SaltLength;

    private const byte Version = 1;
    private const int HeaderLength = 1 + 16;
    private const int ContextLength = HeaderLength + Hash256.Length;
    private const int PlainAt = HeaderLength + SealingKey.NonceLength;
    private const int OnStack = 128;

    public static bool TryKeyId(ReadOnlySpan<byte> @sealed, out Guid keyId)
    {
        var plausible = @sealed.Length >= Overhead && @sealed[0] == Version;
        keyId = plausible ? new Guid(@sealed[1..HeaderLength]) : default;
        return plausible;
    }

    /// <summary>Seals into exactly <see cref="Overhead"/> bytes more than the payload has. Allocates nothing. Guarded by the bench <c>ledger</c>.</summary>
    public static Commitment Seal(SealingKey key, SubjectKey owner, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> associatedData, Span<byte> box)
    {
        if (box.Length != payload.Length + Overhead)
            throw new ArgumentException($"sealing {payload.Length} bytes takes {payload.Length + Overhead}, not {box.Length}", nameof(box));
        Span<byte> context = ContextLength + associatedData.Length <= OnStack ? stackalloc byte[OnStack] : new byte[ContextLength + associatedData.Length];
        box[0] = Version;
        owner.Id.TryWriteBytes(box[1..]);

        // Salt and payload are put where their ciphertext will be: no other memory holds them.
        var plain = box.Slice(PlainAt, Commitment.SaltLength + payload.Length);
        RandomReserve.Fill(plain[..Commitment.SaltLength]);
        payload.CopyTo(plain[Commitment.SaltLength..]);
        var commitment = Commitment.OfSalted(plain);
        try
        {
            // The nonce is the front of the commitment: random by the salt, and, should random bytes ever come twice, still
            // another one for another payload.
            key.Seal(commitment.Hash.Bytes[..SealingKey.NonceLength], plain, Context(context, box, owner, associatedData), box[HeaderLength..]);
            return commitment;
        }
        catch
        {
            box.Clear();
            throw;
        }
    }

    public static OpenResult Open(SealingKey key, SubjectKey owner, ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> associatedData)
    {
        var plain = new byte[@sealed.Length - HeaderLength - SealingKey.Overhead];
        Span<byte> context = ContextLength + associatedData.Length <= OnStack ? stackalloc byte[OnStack] : new byte[ContextLength + associatedData.Length];
        return key.TryOpen(@sealed[HeaderLength..], Context(context, @sealed, owner, associatedData), plain)
            ? new OpenResult.Opened(plain.AsMemory(Commitment.SaltLength), plain.AsMemory(0, Commitment.SaltLength))
            : new OpenResult.Tampered();
    }

    private static ReadOnlySpan<byte> Context(Span<byte> room, ReadOnlySpan<byte> @sealed, SubjectKey owner, ReadOnlySpan<byte> associatedData)
    {
        @sealed[..HeaderLength].CopyTo(room);
        owner.Frame.Organization.CopyTo(room[HeaderLength..]);
        associatedData.CopyTo(room[ContextLength..]);
        return room[..(ContextLength + associatedData.Length)];
    }
}
