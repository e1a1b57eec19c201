namespace Writ.Ledger.Tiles;

/// <summary>The answer to reading from a log that others keep: one of the two nested cases.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record LogReading<T>
{
    private LogReading()
    {
    }

    /// <summary>It was read, and holds.</summary>
    /// <param name="Value">What was asked for.</param>
    public sealed record Read(T Value) : LogReading<T>;

    /// <summary>It was not read, or does not hold.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Failed(LedgerFault Fault) : LogReading<T>;
}
