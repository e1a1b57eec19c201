namespace Writ.Bench.Ledger.Databases;

/// <summary>A connection that inserts. Not thread safe.</summary>
internal interface IConnection : IDisposable
{
    /// <summary>Inserts records in one transaction, which is on the disk when this returns.</summary>
    void Insert(IReadOnlyList<byte[]> records);
}
