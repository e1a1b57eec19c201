using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Writ.Crypto.Sealing;

/// <summary>
/// One EVP_CIPHER_CTX with its key schedule, used again for every message: what the in-box class does around each call costs twice the
/// cipher. libcrypto wipes the key when the context is freed, at the latest by the finalizer. Guarded by the bench <c>ledger</c>.
/// </summary>
internal sealed unsafe partial class LibcryptoAes256Gcm : SafeHandle, IAes256Gcm
{
    private const string Library = "libcrypto.so.3";
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    private const int TagLength = 16;
    private const int GetTag = 0x10; // EVP_CTRL_AEAD_GET_TAG
    private const int SetTag = 0x11; // EVP_CTRL_AEAD_SET_TAG
    private const int Decrypting = 0;
    private const int Encrypting = 1;

    /// <exception cref="CryptographicException">libcrypto has no AES-256-GCM.</exception>
    public LibcryptoAes256Gcm(ReadOnlySpan<byte> key) : base(0, ownsHandle: true)
    {
        SetHandle(EVP_CIPHER_CTX_new());
        fixed (byte* bytes = key)
            Require(!IsInvalid && EVP_CipherInit_ex(handle, EVP_aes_256_gcm(), 0, bytes, null, Encrypting) == 1);
    }

    /// <summary>True where the library loads.</summary>
    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, typeof(LibcryptoAes256Gcm).Assembly, Where, out _);

    public override bool IsInvalid => handle == 0;

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag)
    {
        Require(tag.Length == TagLength && ciphertext.Length == plaintext.Length);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        int written;
        fixed (byte* n = nonce, p = plaintext, a = associatedData, c = ciphertext, t = tag)
        {
            Require(
                EVP_CipherInit_ex(handle, 0, 0, null, n, Encrypting) == 1
                && (associatedData.IsEmpty || EVP_CipherUpdate(handle, null, &written, a, associatedData.Length) == 1)
                && (plaintext.IsEmpty || (EVP_CipherUpdate(handle, c, &written, p, plaintext.Length) == 1 && written == plaintext.Length))
                && EVP_CipherFinal_ex(handle, t, &written) == 1 // writes nothing
                && EVP_CIPHER_CTX_ctrl(handle, GetTag, TagLength, t) == 1);
        }

        GC.KeepAlive(this); // a key that the cache let go of is finalized, but not during its last use
    }

    public bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
    {
        Require(tag.Length == TagLength && ciphertext.Length == plaintext.Length);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        int written;
        var expected = stackalloc byte[TagLength];
        tag.CopyTo(new Span<byte>(expected, TagLength));
        fixed (byte* n = nonce, p = plaintext, a = associatedData, c = ciphertext)
        {
            Require(
                EVP_CipherInit_ex(handle, 0, 0, null, n, Decrypting) == 1
                && EVP_CIPHER_CTX_ctrl(handle, SetTag, TagLength, expected) == 1
                && (associatedData.IsEmpty || EVP_CipherUpdate(handle, null, &written, a, associatedData.Length) == 1)
                && (ciphertext.IsEmpty || (EVP_CipherUpdate(handle, p, &written, c, ciphertext.Length) == 1 && written == ciphertext.Length)));
            var genuine = EVP_CipherFinal_ex(handle, expected, &written) == 1;
            GC.KeepAlive(this);
            if (genuine)
                return true;
        }

        ERR_clear_error();
        plaintext.Clear();
        return false;
    }

    protected override bool ReleaseHandle()
    {
        EVP_CIPHER_CTX_free(handle);
        return true;
    }

    private static void Require(bool done)
    {
        if (done)
            return;
        ERR_clear_error();
        throw new CryptographicException("libcrypto refuses AES-256-GCM");
    }

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial nint EVP_aes_256_gcm();

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int EVP_CipherInit_ex(nint context, nint cipher, nint engine, byte* key, byte* nonce, int direction);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int EVP_CipherUpdate(nint context, byte* destination, int* written, byte* source, int length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int EVP_CipherFinal_ex(nint context, byte* destination, int* written);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int EVP_CIPHER_CTX_ctrl(nint context, int command, int length, byte* data);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial void ERR_clear_error();
}
