using Writ.Ledger.Merkle;

namespace Writ.Ledger.Reading;

/// <summary>What reading the segments found out about one log. Built by one thread.</summary>
internal sealed class LogHistory
{
    public LogHistory(uint number, string origin)
    {
        Number = number;
        Origin = origin;
        Builder = new TreeBuilder(Store);
    }

    public uint Number { get; }

    public string Origin { get; }

    public SubtreeStore Store { get; } = new();

    public TreeBuilder Builder { get; }

    public BatchIndex Batches { get; } = new();

    public BatchIndex Payloads { get; } = new();

    /// <summary>The records whose payload was pruned, in order.</summary>
    public List<ulong> Pruned { get; } = [];
}
