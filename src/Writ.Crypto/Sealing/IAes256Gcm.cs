namespace Writ.Crypto.Sealing;

/// <summary>AES-256-GCM under one key, with 96-bit nonces and 128-bit tags. Not thread safe; disposing wipes the key.</summary>
internal interface IAes256Gcm : IDisposable
{
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag);

    /// <summary>False, with the plaintext zeroed, when the tag is not that of nonce, ciphertext and associated data.</summary>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Span<byte> plaintext);
}
