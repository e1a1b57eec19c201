using System.Security.Cryptography;

namespace Writ.Crypto.Sealing;

/// <summary>What .NET offers, for where libcrypto cannot be called directly.</summary>
internal sealed class InBoxAes256Gcm(ReadOnlySpan<byte> key) : IAes256Gcm
{
    private const int TagLength = 16;

    private readonly AesGcm _aes = new(key, TagLength);

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag) =>
        _aes.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);

    public bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
    {
        try
        {
            _aes.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Clear();
            return false;
        }
    }

    public void Dispose() => _aes.Dispose();
}
