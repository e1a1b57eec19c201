using System.Runtime.InteropServices;

namespace Writ.Bench.Ledger.Databases;

/// <summary>One connection, with its statement prepared.</summary>
internal sealed class SqliteConnection : IConnection
{
    private readonly nint _database;
    private nint _insert;

    public SqliteConnection(string path)
    {
        Check(Sqlite.sqlite3_open(path, out _database));
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    }

    public void Execute(string statements) => Check(Sqlite.sqlite3_exec(_database, statements, 0, 0, 0));

    public void Insert(IReadOnlyList<byte[]> records)
    {
        if (_insert == 0)
            Check(Sqlite.sqlite3_prepare_v2(_database, "INSERT INTO records (record) VALUES (?)", -1, out _insert, 0));
        Execute("BEGIN");
        foreach (var record in records)
        {
            var pin = GCHandle.Alloc(record, GCHandleType.Pinned);
            try
            {
                Check(Sqlite.sqlite3_bind_blob(_insert, 1, ref MemoryMarshal.GetArrayDataReference(record), record.Length, Sqlite.Static));
                Check(Sqlite.sqlite3_step(_insert), Sqlite.Done);
                Check(Sqlite.sqlite3_reset(_insert));
            }
            finally
            {
                pin.Free();
            }
        }

        Execute("COMMIT");
    }

    public void Dispose()
    {
        if (_insert != 0)
            Check(Sqlite.sqlite3_finalize(_insert));
        Check(Sqlite.sqlite3_close(_database));
    }

    private void Check(int result, int expected = Sqlite.Ok)
    {
        if (result != expected)
            throw new InvalidOperationException($"SQLite: {result} {Marshal.PtrToStringUTF8(Sqlite.sqlite3_errmsg(_database))}");
    }
}
