namespace Writ.Bench.Ledger.Databases;

/// <summary>A database that takes the records the ledger takes, durable when it answers. One thread uses a connection at a time.</summary>
internal interface IDatabase : IDisposable
{
    /// <summary>The name and version, as it says itself.</summary>
    string Name { get; }

    /// <summary>How many connections may commit at the same time to good effect.</summary>
    int Writers { get; }

    /// <summary>Opens a connection.</summary>
    IConnection Connect();
}
