using System.Diagnostics.CodeAnalysis;
using Writ.Crypto.Hashing;

namespace Writ.Ledger;

/// <summary>
/// The answer to an append: durable at an index, or a fault. The default value is not a valid answer. Immutable, thread safe.
/// </summary>
public readonly struct AppendResult
{
    internal AppendResult(ulong index, in Hash256 leaf)
    {
        Index = index;
        Leaf = leaf;
    }

    internal AppendResult(LedgerFault fault) => Fault = fault;

    /// <summary>True when record and payload survive a loss of power from now on.</summary>
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsDurable => Fault is null;

    /// <summary>Zero-based index of the record in its log; meaningful only when durable.</summary>
    public ulong Index { get; }

    /// <summary>The record's RFC 6962 leaf hash; meaningful only when durable.</summary>
    public Hash256 Leaf { get; }

    /// <summary>
    /// Why the record is not known to be durable; null when it is. Its <see cref="LedgerFault.OutcomeIsUnknown"/> says whether the
    /// record may still turn up after a restart.
    /// </summary>
    public LedgerFault? Fault { get; }
}
