using Npgsql;
using NpgsqlTypes;

namespace Writ.Bench.Ledger.Databases;

/// <summary>One connection: many records go in one statement, which is the quickest way there is without COPY.</summary>
internal sealed class PostgresConnection(NpgsqlConnection connection) : IConnection
{
    private readonly NpgsqlCommand _one = new("INSERT INTO records (record) VALUES ($1)", connection) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea } } };

    private readonly NpgsqlCommand _many = new("INSERT INTO records (record) SELECT unnest($1)", connection)
    {
        Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea } },
    };

    public void Insert(IReadOnlyList<byte[]> records)
    {
        var command = records.Count == 1 ? _one : _many;
        command.Parameters[0].Value = records.Count == 1 ? records[0] : records.ToArray();
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _one.Dispose();
        _many.Dispose();
        connection.Dispose();
    }
}
