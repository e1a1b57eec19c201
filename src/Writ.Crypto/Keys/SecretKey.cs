using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Crypto.Keys;

/// <summary>
/// A 256-bit secret of one purpose, in memory that the collector does not copy; <see cref="Dispose"/> wipes it. Reading is thread
/// safe. In a key file it is one line: the purpose's name, a space, <c>1</c>, a space, 43 characters of base64url.
/// </summary>
public sealed class SecretKey : IDisposable
{
    /// <summary>The length of the secret in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);
    private bool _disposed;

    private SecretKey(KeyPurpose purpose) => Purpose = purpose;

    /// <summary>What it is for.</summary>
    public KeyPurpose Purpose { get; }

    /// <summary>The secret itself. Not to be copied, logged or kept.</summary>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>A new secret from the operating system's random source, in memory only.</summary>
    public static SecretKey Generate(KeyPurpose purpose)
    {
        var key = new SecretKey(purpose);
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <summary>A new secret, written to a new file of mode 0600 before it is returned. Never overwrites.</summary>
    public static bool TryCreateFile(
        string path, KeyPurpose purpose, [NotNullWhen(true)] out SecretKey? key, [NotNullWhen(false)] out KeyFileFault? fault)
    {
        key = Generate(purpose);
        Span<byte> secret = stackalloc byte[Base64Url.GetEncodedLength(Length)];
        Base64Url.EncodeToUtf8(key._bytes, secret);
        byte[] line = [.. Prefix(purpose), .. secret, (byte)'\n'];
        try
        {
            if (KeyFile.TryCreate(path, line, out fault))
                return true;
            key.Dispose();
            key = null;
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(line);
        }
    }

    /// <summary>Reads a secret of one purpose from a file that only its owner may touch.</summary>
    public static bool TryReadFile(
        string path, KeyPurpose purpose, [NotNullWhen(true)] out SecretKey? key, [NotNullWhen(false)] out KeyFileFault? fault)
    {
        key = null;
        if (!KeyFile.TryRead(path, out var contents, out fault))
            return false;

        var prefix = Prefix(purpose);
        var read = new SecretKey(purpose);
        ReadOnlySpan<byte> line = contents;
        if (line.EndsWith("\n"u8))
            line = line[..^1];
        var sound = line.StartsWith(prefix)
            && line.Length == prefix.Length + Base64Url.GetEncodedLength(Length)
            && Base64Url.DecodeFromUtf8(line[prefix.Length..], read._bytes, out _, out var written) == OperationStatus.Done
            && written == Length;
        CryptographicOperations.ZeroMemory(contents);
        if (sound)
        {
            key = read;
            return true;
        }

        read.Dispose();
        fault = new KeyFileFault(KeyFileFaultKind.Malformed, path, $"expected one line '{NameOf(purpose)} 1 <43 characters of base64url>'");
        return false;
    }

    /// <summary>Wipes the secret. Safe to call twice.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Names the purpose only.</summary>
    public override string ToString() => NameOf(Purpose);

    private static byte[] Prefix(KeyPurpose purpose) => System.Text.Encoding.ASCII.GetBytes($"{NameOf(purpose)} 1 ");

    private static string NameOf(KeyPurpose purpose) => purpose switch
    {
        KeyPurpose.SigningKey => "writ-signing-key",
        KeyPurpose.TokenPepper => "writ-token-pepper",
        KeyPurpose.VaultMasterKey => "writ-vault-master-key",
        KeyPurpose.BundleSigningKey => "writ-bundle-signing-key",
        KeyPurpose.WitnessKey => "writ-witness-key",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "not a purpose"),
    };
}
