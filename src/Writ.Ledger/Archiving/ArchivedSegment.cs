using System.IO.Compression;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Ledger.Segments;

namespace Writ.Ledger.Archiving;

/// <summary>Takes one segment out of an archive, and believes nothing of it that its manifest does not bear out.</summary>
internal static class ArchivedSegment
{
    private const int ChunkLength = 1024 * 1024;

    /// <summary>Writes the segment into a new file; null when every digest is right.</summary>
    public static async Task<LedgerFault?> FetchAsync(IArchiveTarget target, ArchiveManifest manifest, string file, CancellationToken cancellation)
    {
        var packed = file + ".br";
        try
        {
            if (manifest.Length is <= 0 or > Format.MaxSegmentLength)
                return Damaged(manifest, $"says that the segment has {manifest.Length} bytes");
            if (await target.FetchAsync(manifest.Object, packed, manifest.StoredLength, cancellation).ConfigureAwait(false) is { } fault)
                return fault.Kind == LedgerFaultKind.NotFound ? Damaged(manifest, $"names {manifest.Object}, which is not there") : fault;
            await using (var stored = File.OpenRead(packed))
            {
                if (new Hash256(await SHA256.HashDataAsync(stored, cancellation).ConfigureAwait(false)) != manifest.StoredSha256)
                    return Damaged(manifest, $"names {manifest.Object}, which has another digest");
            }

            return await UnpackAsync(packed, file, manifest, cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(packed);
        }
    }

    private static async Task<LedgerFault?> UnpackAsync(string packed, string file, ArchiveManifest manifest, CancellationToken cancellation)
    {
        try
        {
            await using var stored = File.OpenRead(packed);
            await using var brotli = new BrotliStream(stored, CompressionMode.Decompress);
            await using var plain = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = new byte[ChunkLength];
            var length = 0L;
            for (int count; (count = await brotli.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0;)
            {
                length += count;
                if (length > manifest.Length)
                    return Damaged(manifest, $"names {manifest.Object}, which holds more bytes than it says");
                digest.AppendData(chunk, 0, count);
                await plain.WriteAsync(chunk.AsMemory(0, count), cancellation).ConfigureAwait(false);
            }

            return length == manifest.Length && new Hash256(digest.GetHashAndReset()) == manifest.Sha256
                ? null
                : Damaged(manifest, $"names {manifest.Object}, which holds another segment");
        }
        catch (InvalidDataException)
        {
            return Damaged(manifest, $"names {manifest.Object}, which cannot be decompressed");
        }
    }

    private static LedgerFault Damaged(ArchiveManifest manifest, string what) => new(LedgerFaultKind.ArchiveDamaged, $"{manifest.Name} {what}");
}
