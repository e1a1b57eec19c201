using Npgsql;

namespace Writ.Bench.Ledger.Databases;

/// <summary>
/// A PostgreSQL cluster of our own in a folder, reached through a socket in it, with the settings it comes with: <c>fsync</c> and
/// <c>synchronous_commit</c> are on, so each commit is flushed, as the ledger's are.
/// </summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly PostgresCluster _cluster;
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(PostgresCluster cluster)
    {
        _cluster = cluster;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder { Host = cluster.Folder, Username = PostgresCluster.Role, Database = "postgres", MaxAutoPrepare = 4, AutoPrepareMinUsages = 1 });
        using var command = _source.CreateCommand("CREATE TABLE records (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record bytea NOT NULL)");
        command.ExecuteNonQuery();
        using var version = _source.CreateCommand("SHOW server_version");
        Name = $"PostgreSQL {((string)version.ExecuteScalar()!).Split(' ')[0]}";
    }

    public string Name { get; }

    /// <summary>Commits that come together share a flush.</summary>
    public int Writers => 4;

    /// <summary>A cluster in a folder of its own under this one; null, and why, where it cannot be.</summary>
    public static PostgresDatabase? Open(string folder, out string absent)
    {
        if (PostgresCluster.Start(folder, out absent) is not { } cluster)
            return null;
        try
        {
            return new PostgresDatabase(cluster);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public IConnection Connect() => new PostgresConnection(_source.OpenConnection());

    public void Dispose()
    {
        _source.Dispose();
        _cluster.Dispose();
    }
}
