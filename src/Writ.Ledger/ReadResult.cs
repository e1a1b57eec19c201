using System.Diagnostics.CodeAnalysis;

namespace Writ.Ledger;

/// <summary>The answer to reading one record or payload: its bytes, or a fault. Immutable.</summary>
public readonly struct ReadResult
{
    internal ReadResult(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    internal ReadResult(LedgerFault fault) => Fault = fault;

    /// <summary>True when <see cref="Bytes"/> are what was appended.</summary>
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsFound => Fault is null;

    /// <summary>The bytes, owned by the caller; empty on a fault.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Why there are none: <see cref="LedgerFaultKind.NotFound"/> or <see cref="LedgerFaultKind.ReadFailed"/>; null when found.</summary>
    public LedgerFault? Fault { get; }
}
