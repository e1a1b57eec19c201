using System.Security.Cryptography;

namespace Writ.Crypto.Sealing;

/// <summary>
/// AES key wrap with padding (RFC 5649, NIST SP 800-38F KWP) under one 256-bit key: deterministic, and any change to a wrapped key
/// is found. Thread safe: uses of one key take turns. <see cref="Dispose"/> wipes the wrapping key.
/// </summary>
public sealed class KeyWrap : IDisposable
{
    /// <summary>The length of the wrapping key in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>The length of a wrapped 32-byte key.</summary>
    public const int WrappedKeyLength = 40;

    private readonly Lock _gate = new();
    private readonly Aes _aes = Aes.Create();
    private bool _disposed; // a disposed Aes would make itself a new random key

    /// <summary>Takes a copy of the wrapping key, which stays the caller's to wipe.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not 32 bytes long.</exception>
    public KeyWrap(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"a wrapping key has {KeyLength} bytes, not {key.Length}", nameof(key));
        _aes.SetKey(key);
    }

    /// <summary>Wraps a 32-byte key into 40 bytes.</summary>
    /// <exception cref="ArgumentException">One of the spans has another length.</exception>
    /// <exception cref="ObjectDisposedException">The wrapping key has been disposed.</exception>
    public void Wrap(ReadOnlySpan<byte> key, Span<byte> wrapped)
    {
        if (key.Length != KeyLength || wrapped.Length != WrappedKeyLength)
            throw new ArgumentException($"wrapping takes {KeyLength} bytes to {WrappedKeyLength}, not {key.Length} to {wrapped.Length}", nameof(wrapped));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _aes.EncryptKeyWrapPadded(key, wrapped);
        }
    }

    /// <summary>Unwraps a key; false, with <paramref name="key"/> zeroed, when it was wrapped under another key, was changed, or is no 32-byte key.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not 32 bytes long.</exception>
    /// <exception cref="ObjectDisposedException">The wrapping key has been disposed.</exception>
    public bool TryUnwrap(ReadOnlySpan<byte> wrapped, Span<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"unwrapping takes {KeyLength} bytes, not {key.Length}", nameof(key));
        key.Clear();
        if (wrapped.Length != WrappedKeyLength)
            return false;
        Span<byte> room = stackalloc byte[WrappedKeyLength];
        try
        {
            int written;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                written = _aes.DecryptKeyWrapPadded(wrapped, room);
            }

            if (written != KeyLength)
                return false;
            room[..KeyLength].CopyTo(key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(room);
        }
    }

    /// <summary>Wipes the wrapping key after the use under way. Safe to call twice.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _aes.Dispose();
        }
    }
}
