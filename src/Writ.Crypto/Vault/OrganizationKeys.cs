using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// One organization's unwrapped keys and the subjects that have one. Subjects are known only by a keyed tag, so that the key store
/// names nobody. Thread safe.
/// </summary>
internal sealed class OrganizationKeys : IDisposable
{
    private readonly byte[] _tagKey;

    public OrganizationKeys(Hash256 id, Guid keyId, ReadOnlyMemory<byte> wrapped, ReadOnlySpan<byte> key)
    {
        Id = id;
        Frame = new KeyFrame(KeyFrameKind.Organization, keyId, id, default, wrapped);
        Span<byte> wrapping = stackalloc byte[KeyWrap.KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, wrapping, [], "writ organization key 1: wrap subjects"u8);
        Wrap = new KeyWrap(wrapping);
        CryptographicOperations.ZeroMemory(wrapping);
        _tagKey = GC.AllocateArray<byte>(32, pinned: true);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, _tagKey, [], "writ organization key 1: tag subjects"u8);
    }

    public Hash256 Id { get; }

    public KeyFrame Frame { get; }

    public KeyWrap Wrap { get; }

    /// <summary>The current key of each subject.</summary>
    public ConcurrentDictionary<Hash256, SubjectKey> Subjects { get; } = new();

    /// <summary>Some of them by name.</summary>
    public KnownSubjects Known { get; } = new();

    // Over the UTF-16 units as they are: encoding to UTF-8 would make one subject of all that differ in a lone surrogate.
    public Hash256 TagOf(ReadOnlySpan<char> subject)
    {
        Span<byte> digest = stackalloc byte[Hash256.Length];
        HMACSHA256.HashData(_tagKey, MemoryMarshal.AsBytes(subject), digest);
        return new Hash256(digest);
    }

    public void Dispose()
    {
        Wrap.Dispose();
        CryptographicOperations.ZeroMemory(_tagKey);
    }
}
