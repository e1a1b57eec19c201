using System.Diagnostics.CodeAnalysis;

namespace Writ.Ledger.Tiles;

/// <summary>The answer to reading from a log that others keep: one of the two nested cases.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record LogReading<T>
{
    private LogReading()
    {
    }

    /// <summary>The value, or why there is none.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out LedgerFault? fault)
    {
        (value, fault) = this switch
        {
            Read read => (read.Value, null),
            Failed failed => (default(T), failed.Fault),
            _ => throw new InvalidOperationException("unknown reading"),
        };
        return fault is null;
    }

    /// <summary>It was read, and holds.</summary>
    /// <param name="Value">What was asked for.</param>
    public sealed record Read(T Value) : LogReading<T>;

    /// <summary>It was not read, or does not hold.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Failed(LedgerFault Fault) : LogReading<T>;
}
