using Writ.Crypto.Sealing;
using Writ.Crypto.Vault;
using Writ.Governance.Organizations;

namespace Writ.Governance.Records;

/// <summary>Seals payloads under the key of their subject, each bound to the record it belongs to. Thread safe.</summary>
public sealed class PayloadSealer(SubjectKeyRing keys)
{
    /// <summary>Seals and commits. False, with the reason for people, when there is no key to seal under: nothing may act then.</summary>
    public bool TrySeal(
        OrganizationId organization, string subject, Guid record, ReadOnlySpan<byte> payload,
        out ReadOnlyMemory<byte> sealedPayload, out Commitment commitment, out string fault)
    {
        Span<byte> bound = stackalloc byte[16];
        record.TryWriteBytes(bound, bigEndian: true, out _);
        if (!keys.TrySeal(organization.ToString(), subject, payload, bound, out var made, out var refused))
        {
            (sealedPayload, commitment, fault) = (default, default, refused.Message);
            return false;
        }

        (sealedPayload, commitment, fault) = (made.Bytes, made.Commitment, "");
        return true;
    }

    /// <summary>Opens what was sealed for a record; false when it was erased, is another organization's, or was tampered with.</summary>
    public bool TryOpen(OrganizationId organization, Guid record, ReadOnlySpan<byte> sealedPayload, out ReadOnlyMemory<byte> payload)
    {
        Span<byte> bound = stackalloc byte[16];
        record.TryWriteBytes(bound, bigEndian: true, out _);
        var opened = keys.Open(organization.ToString(), sealedPayload, bound) as OpenResult.Opened;
        payload = opened?.Payload ?? default;
        return opened is not null;
    }
}
