using System.Runtime.InteropServices;

namespace Writ.Crypto.Signing;

/// <summary>
/// The few functions of OpenSSL 3's libcrypto that Ed25519 needs, which .NET 10 does not offer itself. .NET on Linux
/// carries a libcrypto anyway; where there is none, <see cref="IsPresent"/> is false and managed code does the work.
/// </summary>
internal static unsafe partial class Libcrypto
{
    public const int Ed25519 = 1087; // NID_ED25519, stable ABI

    private const string Library = "libcrypto.so.3";

    // Never from beside the program: a planted library would see every signing key.
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    /// <summary>True when the library loads and knows Ed25519 (a FIPS-only provider may not).</summary>
    public static bool IsPresent { get; } = Probe();

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int EVP_PKEY_get_raw_public_key(nint key, byte* bytes, nuint* length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int EVP_DigestSign(nint context, byte* signature, nuint* signatureLength, byte* message, nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int EVP_DigestVerify(nint context, byte* signature, nuint signatureLength, byte* message, nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial void ERR_clear_error();

    private static bool Probe()
    {
        if (!NativeLibrary.TryLoad(Library, typeof(Libcrypto).Assembly, Where, out _))
            return false;
        var seed = stackalloc byte[32];
        var key = EVP_PKEY_new_raw_private_key(Ed25519, 0, seed, 32);
        ERR_clear_error();
        if (key == 0)
            return false;
        EVP_PKEY_free(key);
        return true;
    }
}
