using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Writ.Crypto.Hashing;

/// <summary>
/// SHA-256 of one message in one or two pieces. Most messages here are shorter than the set-up that the in-box call makes for each, so
/// libcrypto's functions are called directly, on a context on the stack; where they are absent the in-box ones do it. Thread safe, allocates
/// nothing. Guarded by the bench <c>ledger</c>.
/// </summary>
internal static unsafe partial class Sha256OneShot
{
    private const string Library = "libcrypto.so.3";
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    // sizeof(SHA256_CTX) is 112; a public structure, part of the ABI.
    private const int ContextLength = 112;

    private static readonly bool IsNative = Probe();

    public static void Hash(ReadOnlySpan<byte> message, Span<byte> digest) => Hash(message, default, digest);

    /// <summary>Hashes <paramref name="first"/> ‖ <paramref name="second"/> into exactly 32 bytes, which may overlap neither.</summary>
    [SkipLocalsInit]
    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        if (digest.Length != Hash256.Length)
            throw new ArgumentException($"a SHA-256 digest has {Hash256.Length} bytes, not {digest.Length}", nameof(digest));
        if (!IsNative)
        {
            HashInBox(first, second, digest);
            return;
        }

        var context = stackalloc byte[ContextLength];
        fixed (byte* one = first, two = second, to = digest)
        {
            var done = SHA256_Init(context) == 1
                && (first.IsEmpty || SHA256_Update(context, one, (nuint)first.Length) == 1)
                && (second.IsEmpty || SHA256_Update(context, two, (nuint)second.Length) == 1)
                && SHA256_Final(to, context) == 1;
            new Span<byte>(context, ContextLength).Clear(); // holds the last block of the message
            if (!done)
                throw new CryptographicException("libcrypto did not hash");
        }
    }

    /// <summary>The same with nothing but what .NET offers.</summary>
    internal static void HashInBox(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        if (second.IsEmpty)
        {
            SHA256.HashData(first, digest);
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(digest);
    }

    // Deprecated since OpenSSL 3.0, so a build may lack them.
    private static bool Probe() =>
        NativeLibrary.TryLoad(Library, typeof(Sha256OneShot).Assembly, Where, out var library)
        && NativeLibrary.TryGetExport(library, nameof(SHA256_Init), out _)
        && NativeLibrary.TryGetExport(library, nameof(SHA256_Update), out _)
        && NativeLibrary.TryGetExport(library, nameof(SHA256_Final), out _);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int SHA256_Init(byte* context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int SHA256_Update(byte* context, byte* data, nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial int SHA256_Final(byte* digest, byte* context);
}
