using System.Security.Cryptography;
using Writ.Crypto.Signing.Curve;

namespace Writ.Crypto.Signing;

/// <summary>Ed25519 signing in managed code (RFC 8032 section 5.1.6). Its time does not depend on the key. Thread safe.</summary>
internal sealed class ManagedSigningKey : IEd25519Signer
{
    private readonly Lock _gate = new();
    private readonly byte[] _expanded = GC.AllocateUninitializedArray<byte>(64, pinned: true); // clamped scalar ‖ prefix
    private readonly byte[] _publicKey = new byte[32];
    private bool _disposed;

    public ManagedSigningKey(ReadOnlySpan<byte> seed)
    {
        SHA512.HashData(seed, _expanded);
        _expanded[0] &= 248;
        _expanded[31] &= 63;
        _expanded[31] |= 64;
        BaseTables.Multiply(Scalar.FromBytes(_expanded)).Encode(_publicKey);
    }

    public void WritePublicKey(Span<byte> destination) => _publicKey.CopyTo(destination);

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> expanded = stackalloc byte[64];
        Span<byte> digest = stackalloc byte[64];
        try
        {
            // A whole copy: a key wiped halfway would yield a signature that tells its nonce.
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _expanded.CopyTo(expanded);
            }

            Sha512.Hash(expanded[32..], [], message, digest);
            var nonce = Scalar.Reduce(digest);

            // Message and signature may overlap, so R waits beside them.
            Span<byte> r = stackalloc byte[32];
            BaseTables.Multiply(nonce).Encode(r);
            Sha512.Hash(r, _publicKey, message, digest);
            var s = Scalar.MultiplyAdd(Scalar.FromBytes(expanded), Scalar.Reduce(digest), nonce);
            r.CopyTo(signature);
            s.ToBytes(signature[32..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(expanded);
            CryptographicOperations.ZeroMemory(digest);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            CryptographicOperations.ZeroMemory(_expanded);
        }
    }
}
