namespace Writ.Bench.Ledger.Databases;

/// <summary>SQLite in a file of its own, with a write-ahead log and <c>synchronous = FULL</c>: each commit is flushed, as the ledger's are.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly string _path;

    private SqliteDatabase(string path, string version)
    {
        (_path, Name) = (path, $"SQLite {version}");
        using var connection = new SqliteConnection(path);
        connection.Execute("CREATE TABLE records (id INTEGER PRIMARY KEY, record BLOB NOT NULL)");
    }

    public string Name { get; }

    /// <summary>One writes at a time.</summary>
    public int Writers => 1;

    /// <summary>A database in a folder; null, and why, where there is no library.</summary>
    public static SqliteDatabase? Open(string folder, out string absent)
    {
        absent = "libsqlite3.so.0 is not installed";
        return Sqlite.Version is { } version ? new SqliteDatabase(Path.Combine(folder, "records.db"), version) : null;
    }

    public IConnection Connect() => new SqliteConnection(_path);

    public void Dispose()
    {
    }
}
