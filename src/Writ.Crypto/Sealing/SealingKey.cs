using System.Security.Cryptography;

namespace Writ.Crypto.Sealing;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) under one key, with a 96-bit nonce that no other message has: nonce ‖ ciphertext ‖ 128-bit tag.
/// Random nonces are safe for 2^32 messages under one key, far beyond what one subject gets. Thread safe: uses of one key
/// take turns. <see cref="Dispose"/> wipes the key.
/// </summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>By how many bytes a sealed message is longer than its plaintext.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>The length of a nonce in bytes.</summary>
    internal const int NonceLength = 12;

    private const int TagLength = 16;

    private readonly Lock _gate = new();
    private readonly IAes256Gcm _aes;
    private bool _disposed;

    /// <summary>Takes a copy of the key, which stays the caller's to wipe.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not 32 bytes long.</exception>
    public SealingKey(ReadOnlySpan<byte> key) : this(key, LibcryptoAes256Gcm.IsPresent)
    {
    }

    /// <summary>The same with a cipher of choice, for tests that compare the two.</summary>
    internal SealingKey(ReadOnlySpan<byte> key, bool libcrypto)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"a sealing key has {KeyLength} bytes, not {key.Length}", nameof(key));
        _aes = libcrypto ? new LibcryptoAes256Gcm(key) : new InBoxAes256Gcm(key);
    }

    /// <summary>Seals a message under a random nonce and binds it to what it belongs to.</summary>
    /// <param name="plaintext">The message; may be empty.</param>
    /// <param name="associatedData">What is bound, in clear elsewhere; opening needs the same bytes.</param>
    /// <param name="destination">Exactly <see cref="Overhead"/> bytes longer than the message; must not overlap it.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public void Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        RandomNumberGenerator.Fill(nonce);
        Seal(nonce, plaintext, associatedData, destination);
    }

    /// <summary>The same with a nonce of the caller's; each one serves for one message, ever.</summary>
    internal void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> destination)
    {
        if (destination.Length != plaintext.Length + Overhead)
            throw new ArgumentException($"sealing {plaintext.Length} bytes takes {plaintext.Length + Overhead}, not {destination.Length}", nameof(destination));
        if (nonce.Length != NonceLength)
            throw new ArgumentException($"a nonce has {NonceLength} bytes, not {nonce.Length}", nameof(nonce));
        nonce.CopyTo(destination);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _aes.Encrypt(nonce, plaintext, associatedData, destination[NonceLength..^TagLength], destination[^TagLength..]);
        }
    }

    /// <summary>
    /// Opens a sealed message. False when it is too short, was sealed under another key or with other associated data, or was
    /// changed in any bit; then <paramref name="plaintext"/> holds zeros.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="plaintext"/> is not exactly <see cref="Overhead"/> bytes shorter than <paramref name="sealed"/>.</exception>
    /// <exception cref="ObjectDisposedException">The key has been disposed.</exception>
    public bool TryOpen(ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
    {
        if (@sealed.Length < Overhead)
        {
            plaintext.Clear();
            return false;
        }

        if (plaintext.Length != @sealed.Length - Overhead)
            throw new ArgumentException($"opening takes {@sealed.Length - Overhead} bytes, not {plaintext.Length}", nameof(plaintext));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _aes.TryDecrypt(@sealed[..NonceLength], @sealed[NonceLength..^TagLength], @sealed[^TagLength..], associatedData, plaintext);
        }
    }

    /// <summary>Wipes the key after the use under way. Safe to call twice.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _aes.Dispose();
        }
    }
}
