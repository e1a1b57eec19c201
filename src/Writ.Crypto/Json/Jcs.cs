using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Writ.Crypto.Hashing;

namespace Writ.Crypto.Json;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one byte string for one JSON value, so that a hash or a signature binds the
/// value. Keys in UTF-16 order, ECMAScript numbers, no white space, the least escaping. Stateless and thread safe.
/// </summary>
/// <remarks>
/// Input must be I-JSON (RFC 7493) and is refused otherwise; a refusal is a value that says where. Canonicalizing a canonical
/// text yields it again.
/// </remarks>
public static class Jcs
{
    /// <summary>Writes the canonical form of a UTF-8 JSON text to <paramref name="output"/>; on a refusal writes nothing.</summary>
    public static bool TryCanonicalize(
        ReadOnlySpan<byte> json, IBufferWriter<byte> output, [NotNullWhen(false)] out JcsError? error, JcsLimits? limits = null)
    {
        var reader = new JcsReader(json, limits ?? JcsLimits.Default);
        try
        {
            if (!reader.TryRead(out error))
                return false;
            output.Write(reader.Canonical);
            return true;
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>The canonical form of a UTF-8 JSON text.</summary>
    public static bool TryCanonicalize(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out JcsError? error, JcsLimits? limits = null)
    {
        var reader = new JcsReader(json, limits ?? JcsLimits.Default);
        try
        {
            var read = reader.TryRead(out error);
            canonical = read ? reader.Canonical.ToArray() : null;
            return read;
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>
    /// The canonical form of a parsed value, made from the bytes it was parsed from: duplicate keys that the parser let through
    /// are still found, and offsets count from the value's own first byte.
    /// </summary>
    public static bool TryCanonicalize(
        JsonElement value, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out JcsError? error, JcsLimits? limits = null) =>
        TryCanonicalize(JsonMarshal.GetRawUtf8Value(value), out canonical, out error, limits);

    /// <summary>SHA-256 over the canonical form of a UTF-8 JSON text: the digest that binds the value.</summary>
    public static bool TryHash(
        ReadOnlySpan<byte> json, out Hash256 hash, [NotNullWhen(false)] out JcsError? error, JcsLimits? limits = null)
    {
        var reader = new JcsReader(json, limits ?? JcsLimits.Default);
        try
        {
            var read = reader.TryRead(out error);
            hash = read ? Hash256.Of(reader.Canonical) : default;
            return read;
        }
        finally
        {
            reader.Dispose();
        }
    }
}
