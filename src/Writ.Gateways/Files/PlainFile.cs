using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Writ.Gateways.Files;

/// <summary>Opens files that somebody else may have put there: no link is followed, and nothing that is no file keeps the reader waiting.</summary>
public static partial class PlainFile
{
    // open(2) on Linux: O_RDONLY is 0; the numbers of the others differ between x64 and arm64 for O_NOFOLLOW alone.
    private const int NonBlock = 0x800;
    private const int CloseOnExec = 0x80000;

    private static int NoFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>The bytes; null, and why, where there are none to be had. Neither where there is no such file.</summary>
    /// <param name="path">Where it lies; a link there is not followed, one on the way to it is.</param>
    /// <param name="most">The longest that is read, in bytes.</param>
    /// <param name="why">Why there is nothing, in words; null where there is, or no such file.</param>
    public static byte[]? Read(string path, int most, out string? why)
    {
        why = null;
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                return null;
            if (info.LinkTarget is not null)
                why = "it is a link, and links are not followed";
            else if (info.Length > most)
                why = $"it is longer than {most / 1024} KiB";
            else
            {
                using var handle = Open(path);
                if (handle is null)
                {
                    why = "it cannot be opened";
                    return null;
                }

                using var file = new FileStream(handle, FileAccess.Read, bufferSize: 0);
                var bytes = new byte[most + 1];
                var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (length <= most)
                    return bytes[..length];
                why = $"it is longer than {most / 1024} KiB";
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            why = "it cannot be read";
        }

        return null;
    }

    private static SafeFileHandle? Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path);
        var descriptor = Open(path, NonBlock | CloseOnExec | NoFollow);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
