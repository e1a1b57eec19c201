using System.Buffers.Binary;
using System.Text;

namespace Writ.Ledger.Segments;

/// <summary>A record of the catalog log: the number a new logical log got, and its origin.</summary>
internal static class CatalogRecord
{
    /// <summary>The origin of the catalog itself. Not a legal origin for others: it contains a space.</summary>
    public const string Origin = "writ catalog";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static byte[] Write(uint log, string origin)
    {
        var bytes = new byte[4 + Strict.GetByteCount(origin)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, log);
        Strict.GetBytes(origin, bytes.AsSpan(4));
        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out uint log, out string origin)
    {
        (log, origin) = (0, "");
        if (bytes.Length < 5)
            return false;
        log = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        try
        {
            origin = Strict.GetString(bytes[4..]);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return log != Format.CatalogLog && Notes.NoteText.IsName(origin);
    }
}
