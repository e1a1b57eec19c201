using System.Runtime.InteropServices;

namespace Writ.Bench.Ledger.Databases;

/// <summary>The few functions of the system's <c>libsqlite3</c> that inserting takes.</summary>
internal static partial class Sqlite
{
    public const int Ok = 0;
    public const int Row = 100;
    public const int Done = 101;

    /// <summary>The bytes stay where they are until the statement was stepped.</summary>
    public const nint Static = 0;

    private const string Library = "libsqlite3.so.0";
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    /// <summary>The version of the library; null where there is none.</summary>
    public static string? Version => NativeLibrary.TryLoad(Library, typeof(Sqlite).Assembly, Where, out _) ? Marshal.PtrToStringUTF8(sqlite3_libversion()) : null;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_open(string path, out nint database);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_close(nint database);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial nint sqlite3_errmsg(nint database);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_exec(nint database, string statements, nint callback, nint argument, nint message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_prepare_v2(nint database, string statement, int length, out nint prepared, nint tail);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_bind_blob(nint prepared, int index, ref byte bytes, int length, nint destructor);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_step(nint prepared);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_reset(nint prepared);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    public static partial int sqlite3_finalize(nint prepared);

    [LibraryImport(Library), DefaultDllImportSearchPaths(Where)]
    private static partial nint sqlite3_libversion();
}
