using System.Runtime.InteropServices;

namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Questions about paths of this machine.</summary>
internal static partial class HostPath
{
    /// <summary>The path with every symbolic link in it followed; null when it does not exist.</summary>
    public static string? Resolve(string path)
    {
        var real = RealPath(path, 0);
        if (real == 0)
            return null;
        try
        {
            return Marshal.PtrToStringUTF8(real);
        }
        finally
        {
            Free(real);
        }
    }

    /// <summary>Whether <paramref name="inner"/> is <paramref name="outer"/> or lies in it. Both are absolute.</summary>
    public static bool Contains(string outer, string inner)
    {
        outer = outer.TrimEnd('/');
        inner = inner.TrimEnd('/');
        return inner == outer || inner.StartsWith(outer + "/", StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint resolved);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint pointer);
}
