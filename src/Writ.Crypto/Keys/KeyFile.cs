using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Writ.Crypto.Keys;

/// <summary>
/// Small secret files that only their owner may touch (mode 0600): the signing key, the pepper, the vault master key, the
/// bootstrap token. Thread safe; needs a POSIX file system.
/// </summary>
public static class KeyFile
{
    /// <summary>The longest key file, in bytes, that is read or written: 64 KiB.</summary>
    public const int MaxLength = 64 * 1024;

    private const int AlreadyExists = 17; // EEXIST
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes a new file with mode 0600. It appears under its name complete and durable, or not at all; of two makers one wins and
    /// the other gets <see cref="KeyFileFaultKind.Exists"/>. The folder must exist.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="contents"/> is longer than <see cref="MaxLength"/>.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> contents, [NotNullWhen(false)] out KeyFileFault? fault)
    {
        if (contents.Length > MaxLength)
            throw new ArgumentException($"a key file has at most {MaxLength} bytes", nameof(contents));
        fault = IsUnsupported(path);
        if (fault is not null)
            return false;

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        try
        {
            WriteNew(draft, contents);
            Libc.Link(draft, path); // fails where the name is taken, which a rename would not
            Libc.FlushFolder(folder);
            return true;
        }
        catch (IOException taken) when (taken.HResult == AlreadyExists)
        {
            fault = new KeyFileFault(KeyFileFaultKind.Exists, path, "exists");
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            fault = new KeyFileFault(KeyFileFaultKind.Io, path, refused.Message);
            return false;
        }
        finally
        {
            TryDelete(draft);
        }
    }

    /// <summary>Reads a file that nobody but its owner may touch. The mode is that of the file opened, not of a name looked up before.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out byte[]? contents, [NotNullWhen(false)] out KeyFileFault? fault)
    {
        contents = null;
        fault = IsUnsupported(path);
        if (fault is not null)
            return false;
        try
        {
            using var file = File.OpenHandle(path);
            var mode = OperatingSystem.IsWindows() ? Others : File.GetUnixFileMode(file);
            if ((mode & Others) != 0)
            {
                fault = new KeyFileFault(KeyFileFaultKind.TooOpen, path, $"its mode is 0{Convert.ToString((int)mode, 8)}, expected 0600");
                return false;
            }

            var length = RandomAccess.GetLength(file);
            if (length > MaxLength)
            {
                fault = new KeyFileFault(KeyFileFaultKind.Malformed, path, $"{length} bytes are too many for a key file");
                return false;
            }

            var read = new byte[length];
            var got = 0;
            for (int step; got < read.Length && (step = RandomAccess.Read(file, read.AsSpan(got), got)) > 0;)
                got += step;
            contents = got == read.Length ? read : read[..got];
            return true;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = new KeyFileFault(KeyFileFaultKind.Missing, path, missing.Message);
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            fault = new KeyFileFault(KeyFileFaultKind.Io, path, refused.Message);
            return false;
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> contents)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var file = new FileStream(path, options);
        file.Write(contents);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The key is in place or refused already; a left-over draft has mode 0600 and a name that nothing reads.
        }
    }

    private static KeyFileFault? IsUnsupported(string path) => OperatingSystem.IsWindows()
        ? new KeyFileFault(KeyFileFaultKind.Unsupported, path, "key files need POSIX file modes, which Windows lacks")
        : null;
}
