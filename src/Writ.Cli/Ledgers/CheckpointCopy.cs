using Writ.Ledger;
using Writ.Ledger.Checkpoints;

namespace Writ.Cli.Ledgers;

/// <summary>
/// The checkpoints as they were before the records were read. A running server signs new ones meanwhile, for records that were read
/// too early to be among them; those would look like records that are missing.
/// </summary>
internal sealed class CheckpointCopy : ICheckpointStore
{
    private readonly Dictionary<string, byte[]> _notes = [];
    private readonly LedgerFault? _fault;

    public CheckpointCopy(string folder) => _fault = new CheckpointFolder(folder).ReadAll(_notes);

    /// <inheritdoc/>
    public LedgerFault? ReadAll(IDictionary<string, byte[]> notes)
    {
        foreach (var (origin, note) in _notes)
            notes[origin] = note;
        return _fault;
    }

    /// <inheritdoc/>
    public LedgerFault? CompareAndSwap(string origin, byte[]? expected, byte[] next) =>
        throw new NotSupportedException("a copy of checkpoints is only read");
}
