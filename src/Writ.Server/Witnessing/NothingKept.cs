using Writ.Ledger;
using Writ.Ledger.Checkpoints;

namespace Writ.Server.Witnessing;

/// <summary>No checkpoints: for asking witnesses without having anything cosigned.</summary>
internal sealed class NothingKept : ICheckpointStore
{
    public LedgerFault? ReadAll(IDictionary<string, byte[]> notes) => null;

    public LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next) => throw new NotSupportedException("nothing is kept here");
}
