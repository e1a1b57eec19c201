namespace Writ.Ledger.Witnessing;

/// <summary>What a witness says to a checkpoint; each case is one HTTP status of C2SP tlog-witness.</summary>
public abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <summary>200: it is kept, and here is the cosignature.</summary>
    /// <param name="Lines">Note signature lines, each ended by a newline.</param>
    public sealed record Cosigned(ReadOnlyMemory<byte> Lines) : WitnessAnswer;

    /// <summary>400: the request cannot be read, or its old size is beyond its checkpoint.</summary>
    /// <param name="Why">What is wrong.</param>
    public sealed record Malformed(string Why) : WitnessAnswer;

    /// <summary>403: no trusted key of the log signed it, or one that is named did not.</summary>
    public sealed record Unsigned : WitnessAnswer;

    /// <summary>404: the witness does not know the log.</summary>
    public sealed record UnknownLog : WitnessAnswer;

    /// <summary>409: the witness has another size than the request starts from.</summary>
    /// <param name="Size">The size it cosigned last.</param>
    public sealed record Behind(ulong Size) : WitnessAnswer;

    /// <summary>422: the checkpoint does not continue the one the witness has: proof of a second history, or a mistake.</summary>
    /// <param name="Why">What does not fit.</param>
    public sealed record Inconsistent(string Why) : WitnessAnswer;

    /// <summary>503: the witness could not keep it, and therefore does not cosign.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record NotKept(LedgerFault Fault) : WitnessAnswer;
}
