using System.Runtime.InteropServices;

namespace Writ.Crypto.Signing;

/// <summary>
/// One EVP_PKEY. Each use has a context of its own, so uses may run in parallel; libcrypto wipes the key when it is freed,
/// which waits for the last use.
/// </summary>
internal sealed unsafe class LibcryptoKey : SafeHandle, IEd25519Signer, IEd25519Verifier
{
    private LibcryptoKey(nint handle) : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public static LibcryptoKey FromSeed(ReadOnlySpan<byte> seed)
    {
        fixed (byte* bytes = seed)
            return Checked(Libcrypto.EVP_PKEY_new_raw_private_key(Libcrypto.Ed25519, 0, bytes, (nuint)seed.Length));
    }

    public static LibcryptoKey FromPublic(ReadOnlySpan<byte> key)
    {
        fixed (byte* bytes = key)
            return Checked(Libcrypto.EVP_PKEY_new_raw_public_key(Libcrypto.Ed25519, 0, bytes, (nuint)key.Length));
    }

    public void WritePublicKey(Span<byte> destination)
    {
        nuint length = (nuint)destination.Length;
        fixed (byte* bytes = destination)
            Require(Libcrypto.EVP_PKEY_get_raw_public_key(handle, bytes, &length) == 1 && length == 32, nameof(WritePublicKey));
    }

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var held = false;
        nint context = 0;
        try
        {
            DangerousAddRef(ref held); // throws ObjectDisposedException once disposed
            context = Libcrypto.EVP_MD_CTX_new();

            // Never straight into the caller's span: libcrypto writes R before it reads the message a second time, so where the
            // two overlap it signs another message with the same nonce, and two such signatures give the key away.
            var apart = stackalloc byte[Ed25519PublicKey.SignatureLength];
            nuint length = Ed25519PublicKey.SignatureLength;
            fixed (byte* m = message)
            {
                Require(
                    context != 0
                    && Libcrypto.EVP_DigestSignInit(context, 0, 0, 0, handle) == 1
                    && Libcrypto.EVP_DigestSign(context, apart, &length, m, (nuint)message.Length) == 1
                    && length == Ed25519PublicKey.SignatureLength,
                    nameof(Sign));
            }

            new ReadOnlySpan<byte>(apart, (int)length).CopyTo(signature);
        }
        finally
        {
            Libcrypto.EVP_MD_CTX_free(context);
            if (held)
                DangerousRelease();
        }
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var held = false;
        nint context = 0;
        try
        {
            DangerousAddRef(ref held);
            context = Libcrypto.EVP_MD_CTX_new();
            Require(context != 0 && Libcrypto.EVP_DigestVerifyInit(context, 0, 0, 0, handle) == 1, nameof(Verify));
            int answer;
            fixed (byte* m = message, s = signature)
                answer = Libcrypto.EVP_DigestVerify(context, s, (nuint)signature.Length, m, (nuint)message.Length);

            // A refusal leaves entries in the thread's error queue that others on this thread would read as theirs.
            if (answer != 1)
                Libcrypto.ERR_clear_error();
            return answer == 1;
        }
        finally
        {
            Libcrypto.EVP_MD_CTX_free(context);
            if (held)
                DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        Libcrypto.EVP_PKEY_free(handle);
        return true;
    }

    private static LibcryptoKey Checked(nint key)
    {
        Require(key != 0, "EVP_PKEY_new");
        return new LibcryptoKey(key);
    }

    // Out of memory, or a libcrypto that changed its mind since the probe: no caller can do anything about it.
    private static void Require(bool done, string what)
    {
        if (done)
            return;
        Libcrypto.ERR_clear_error();
        throw new InvalidOperationException($"libcrypto failed in {what}");
    }
}
