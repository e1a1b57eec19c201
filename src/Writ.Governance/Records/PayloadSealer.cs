using Writ.Crypto.Vault;
using Writ.Governance.Organizations;

namespace Writ.Governance.Records;

/// <summary>Seals payloads under the key of their subject, each bound to the record it belongs to. Thread safe.</summary>
public sealed class PayloadSealer(SubjectKeyRing keys)
{
    /// <summary>Seals and commits. False, with the reason for people, when there is no key to seal under: nothing may act then.</summary>
    public bool TrySeal(OrganizationId organization, PayloadSubject subject, Guid record, ReadOnlySpan<byte> payload, out SealedRecord made, out string fault)
    {
        Span<byte> bound = stackalloc byte[16];
        record.TryWriteBytes(bound, bigEndian: true, out _);
        var done = subject.Name is { } name
            ? keys.TrySeal(organization.ToString(), name, payload, bound, out var @sealed, out var refused)
            : keys.TrySeal(organization.ToString(), subject.Key, payload, bound, out @sealed, out refused);
        (made, fault) = done ? (new SealedRecord(@sealed!.Bytes, @sealed.Commitment, subject.SealedUnder(@sealed.KeyId)), "") : (default, refused!.Message);
        return done;
    }

    /// <summary>
    /// The same for a subject known by name, into memory of the caller's, exactly <see cref="SubjectKeyRing.SealedLength"/> bytes. Guarded by
    /// the bench <c>ledger</c>.
    /// </summary>
    /// <exception cref="ArgumentException">Of the subject, only the key is known.</exception>
    public bool TrySeal(
        OrganizationId organization, PayloadSubject subject, Guid record, ReadOnlySpan<byte> payload, Span<byte> destination, out SealedSubject made, out string fault)
    {
        var name = subject.Name ?? throw new ArgumentException("only the key of the subject is known", nameof(subject));
        Span<byte> bound = stackalloc byte[16];
        record.TryWriteBytes(bound, bigEndian: true, out _);
        var done = keys.TrySeal(organization.ToString(), name, payload, bound, destination, out var seal, out var refused);
        (made, fault) = done ? (new SealedSubject(seal.Commitment, subject.SealedUnder(seal.KeyId)), "") : (default, refused!.Message);
        return done;
    }

    /// <summary>The key that a subject's payloads are sealed under; null when nothing was sealed for it, or nothing since it was erased.</summary>
    public Guid? KeyOf(OrganizationId organization, PayloadSubject subject) => subject.Name is { } name ? keys.KeyOf(organization.ToString(), name) : subject.Key;

    /// <summary>Destroys a key, with all that was sealed under it; null when it is gone, also from the disk, else why not. Harmless when done again.</summary>
    public string? Destroy(OrganizationId organization, Guid key) =>
        keys.TryDestroy(organization.ToString(), key, out _, out var fault) ? null : fault.Message;

    /// <summary>Opens what was sealed for a record; false when it was erased, is another organization's, or was tampered with.</summary>
    public bool TryOpen(OrganizationId organization, Guid record, ReadOnlySpan<byte> sealedPayload, out ReadOnlyMemory<byte> payload)
    {
        var opened = Open(organization, record, sealedPayload) as OpenResult.Opened;
        payload = opened?.Payload ?? default;
        return opened is not null;
    }

    /// <summary>Opens what was sealed for a record, or says why not.</summary>
    public OpenResult Open(OrganizationId organization, Guid record, ReadOnlySpan<byte> sealedPayload)
    {
        Span<byte> bound = stackalloc byte[16];
        record.TryWriteBytes(bound, bigEndian: true, out _);
        return keys.Open(organization.ToString(), sealedPayload, bound);
    }
}
