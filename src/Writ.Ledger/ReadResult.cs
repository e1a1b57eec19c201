using System.Diagnostics.CodeAnalysis;

namespace Writ.Ledger;

/// <summary>The answer to reading a record, payload, tile or bundle: its bytes, or a fault. Immutable.</summary>
public readonly struct ReadResult
{
    internal ReadResult(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    internal ReadResult(LedgerFault fault) => Fault = fault;

    /// <summary>True when there are <see cref="Bytes"/>.</summary>
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsFound => Fault is null;

    /// <summary>The bytes, owned by the caller; empty on a fault.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Why there are none, <see cref="LedgerFaultKind.NotFound"/> among the kinds; null when found.</summary>
    public LedgerFault? Fault { get; }

    /// <summary>The answer of a reader that has the bytes.</summary>
    public static ReadResult Found(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>The answer of a reader that has none.</summary>
    public static ReadResult Failed(LedgerFault fault) => new(fault);
}
