using System.IO.Compression;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Ledger.Disks;

namespace Writ.Ledger.Archiving;

/// <summary>
/// A file made to be archived, beside the ledger: its length and digest are known before the first byte is sent. Disposing it deletes it.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private const int ChunkLength = 1024 * 1024;

    private StagedFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Length and digest of the file.</summary>
    public long Length { get; private set; }

    public Hash256 Sha256 { get; private set; }

    /// <summary>Length and digest of what it was made from.</summary>
    public long PlainLength { get; private set; }

    public Hash256 PlainSha256 { get; private set; }

    /// <summary>Compresses a file: Brotli at its fastest, which loses little on records and costs nothing much on ciphertext.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static StagedFile Compress(IDisk disk, string source, string path)
    {
        if (!disk.TryOpen(source, DiskAccess.Read, out var file, out var fault))
            throw new IOException(fault.ToString());
        using (file)
        {
            var staged = new StagedFile(path);
            try
            {
                using var plain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                using (var output = Create(path))
                using (var brotli = new BrotliStream(output, CompressionLevel.Fastest))
                {
                    var chunk = new byte[ChunkLength];
                    for (var length = file.Length; staged.PlainLength < length;)
                    {
                        if (file.Read(staged.PlainLength, chunk, out var count) is { } unread)
                            throw new IOException(unread.ToString());
                        if (count == 0)
                            throw new IOException($"{source} became shorter while it was read");
                        plain.AppendData(chunk, 0, count);
                        brotli.Write(chunk, 0, count);
                        staged.PlainLength += count;
                    }
                }

                staged.PlainSha256 = new Hash256(plain.GetHashAndReset());
                staged.Measure();
                return staged;
            }
            catch
            {
                staged.Dispose();
                throw;
            }
        }
    }

    /// <summary>A file of these bytes.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static StagedFile Of(ReadOnlySpan<byte> bytes, string path)
    {
        var staged = new StagedFile(path);
        try
        {
            using (var output = Create(path))
                output.Write(bytes);
            staged.Measure();
            return staged;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Delete(Path);

    private void Measure()
    {
        using var stream = File.OpenRead(Path);
        Length = stream.Length;
        Sha256 = new Hash256(SHA256.HashData(stream));
    }

    private static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None);
}
