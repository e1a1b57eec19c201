using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>
/// What one archived segment is (docs/archive.md): written after the segment itself, so that a segment with a manifest is there whole. Each
/// names the digest of the one before. Immutable.
/// </summary>
internal sealed record ArchiveManifest
{
    /// <summary>The longest manifest that is read.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const long Version = 1;

    public required string Ledger { get; init; }

    public required string LedgerId { get; init; }

    public required SegmentKind Kind { get; init; }

    public required ulong Segment { get; init; }

    public required ulong FirstBatch { get; init; }

    public required ulong LastBatch { get; init; }

    /// <summary>The hash of the last batch, which the next segment names.</summary>
    public required Hash256 LastHash { get; init; }

    public required ulong FirstSequence { get; init; }

    /// <summary>The sequence after the last frame.</summary>
    public required ulong EndSequence { get; init; }

    /// <summary>Length and digest of the segment file as it lay in the data folder.</summary>
    public required long Length { get; init; }

    public required Hash256 Sha256 { get; init; }

    /// <summary>Length and digest of the object, which is the file compressed with Brotli.</summary>
    public required long StoredLength { get; init; }

    public required Hash256 StoredSha256 { get; init; }

    /// <summary>The digest of the manifest before; null with the first.</summary>
    public required Hash256? Previous { get; init; }

    /// <summary>The logs with records in the segment; none for payloads.</summary>
    public required IReadOnlyList<ArchivedLog> Logs { get; init; }

    public string Name => ArchiveNames.Manifest(Ledger, Kind, Segment);

    public string Object => ArchiveNames.Segment(Ledger, Kind, Segment, StoredSha256);

    /// <summary>RFC 8785 bytes.</summary>
    public byte[] ToBytes()
    {
        using var writer = new JcsWriter();
        writer.BeginObject();
        Integer(writer, "end_sequence"u8, EndSequence);
        Text(writer, "family"u8, Kind == SegmentKind.Records ? "segments" : "vault");
        Integer(writer, "first_batch"u8, FirstBatch);
        Integer(writer, "first_sequence"u8, FirstSequence);
        Integer(writer, "last_batch"u8, LastBatch);
        Text(writer, "last_batch_hash"u8, LastHash.ToHex());
        Text(writer, "ledger"u8, Ledger);
        Text(writer, "ledger_id"u8, LedgerId);
        Integer(writer, "length"u8, (ulong)Length);
        writer.Key("logs"u8);
        writer.BeginArray();
        foreach (var log in Logs)
            Write(writer, log);
        writer.EndArray();
        if (Previous is { } previous)
            Text(writer, "previous"u8, previous.ToHex());
        Integer(writer, "segment"u8, Segment);
        Text(writer, "sha256"u8, Sha256.ToHex());
        Integer(writer, "stored_length"u8, (ulong)StoredLength);
        Text(writer, "stored_sha256"u8, StoredSha256.ToHex());
        Integer(writer, "v"u8, Version);
        writer.EndObject();
        return writer.Written.ToArray();
    }

    /// <summary>Reads a manifest; null for anything but what <see cref="ToBytes"/> writes, byte for byte.</summary>
    public static ArchiveManifest? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var manifest = Read(document.RootElement);
            return manifest.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? manifest : null;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static ArchiveManifest Read(JsonElement root) => new()
    {
        Ledger = root.GetProperty("ledger").GetString()!,
        LedgerId = root.GetProperty("ledger_id").GetString()!,
        Kind = root.GetProperty("family").ValueEquals("vault"u8) ? SegmentKind.Vault : SegmentKind.Records,
        Segment = root.GetProperty("segment").GetUInt64(),
        FirstBatch = root.GetProperty("first_batch").GetUInt64(),
        LastBatch = root.GetProperty("last_batch").GetUInt64(),
        LastHash = Hash(root.GetProperty("last_batch_hash")),
        FirstSequence = root.GetProperty("first_sequence").GetUInt64(),
        EndSequence = root.GetProperty("end_sequence").GetUInt64(),
        Length = root.GetProperty("length").GetInt64(),
        Sha256 = Hash(root.GetProperty("sha256")),
        StoredLength = root.GetProperty("stored_length").GetInt64(),
        StoredSha256 = Hash(root.GetProperty("stored_sha256")),
        Previous = root.TryGetProperty("previous", out var previous) ? Hash(previous) : null,
        Logs = [.. root.GetProperty("logs").EnumerateArray().Select(log => new ArchivedLog(
            log.GetProperty("origin").GetString()!,
            log.GetProperty("size").GetUInt64(),
            Hash(log.GetProperty("root")),
            log.GetProperty("checkpoint").GetString()!,
            [.. log.GetProperty("proof").EnumerateArray().Select(Hash)]))],
    };

    private static Hash256 Hash(JsonElement hex) => Hash256.TryParseHex(hex.GetString(), out var hash) ? hash : throw new FormatException();

    private static void Write(JcsWriter writer, ArchivedLog log)
    {
        writer.BeginObject();
        Text(writer, "checkpoint"u8, log.Checkpoint);
        Text(writer, "origin"u8, log.Origin);
        writer.Key("proof"u8);
        writer.BeginArray();
        foreach (var hash in log.Proof)
            writer.String(hash.ToHex());
        writer.EndArray();
        Text(writer, "root"u8, log.Root.ToHex());
        Integer(writer, "size"u8, log.Size);
        writer.EndObject();
    }

    private static void Integer(JcsWriter writer, ReadOnlySpan<byte> key, ulong value)
    {
        writer.Key(key);
        writer.Integer(checked((long)value));
    }

    private static void Text(JcsWriter writer, ReadOnlySpan<byte> key, string value)
    {
        writer.Key(key);
        writer.String(value);
    }
}
