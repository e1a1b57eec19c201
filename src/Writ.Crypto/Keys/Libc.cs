using System.Runtime.InteropServices;

namespace Writ.Crypto.Keys;

/// <summary>What durable files need and .NET does not offer: link(2), and fsync(2) of a folder.</summary>
internal static partial class Libc
{
    private const int ReadOnly = 0;
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    /// <summary>Gives a file a second name that must not exist yet; throws <see cref="IOException"/>, with the errno as its HResult.</summary>
    public static void Link(string existing, string created) => Check(LinkCore(existing, created), created);

    /// <summary>Makes renames and new names in a folder durable.</summary>
    public static void FlushFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        Check(descriptor < 0 ? -1 : 0, folder);
        try
        {
            Check(Fsync(descriptor), folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void Check(int result, string path)
    {
        if (result == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(Where)]
    private static partial int LinkCore(string existing, string created);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(Where)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(Where)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(Where)]
    private static partial int Close(int descriptor);
}
