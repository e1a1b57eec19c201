namespace Writ.Ledger.Archiving;

/// <summary>
/// The port to a place that keeps what it is given: objects by name, written once. Names are slashed paths of lower-case ASCII. Faults are
/// values: <see cref="LedgerFaultKind.ArchiveUnavailable"/> for what may go better later, <see cref="LedgerFaultKind.ArchiveContradicts"/>
/// and <see cref="LedgerFaultKind.ArchiveNotWriteOnce"/> for what will not. Every wait has an end. Implementations are thread safe.
/// </summary>
public interface IArchiveTarget
{
    /// <summary>What it is called in a configuration and for people; holds no secret.</summary>
    string Address { get; }

    /// <summary>True when it can be told to keep an object beyond its time (<see cref="HoldAsync"/>).</summary>
    bool KnowsHolds { get; }

    /// <summary>Why nothing can be kept there at all; null when it can.</summary>
    Task<LedgerFault?> CheckAsync(CancellationToken cancellation);

    /// <summary>Adds the names of all objects that begin with a prefix, in no order; none is no fault.</summary>
    Task<LedgerFault?> ListAsync(string prefix, ICollection<string> names, CancellationToken cancellation);

    /// <summary>
    /// Writes an object. Null only when it will still be there after a loss of power. An object of that name with the same bytes is as good;
    /// one with others is <see cref="LedgerFaultKind.ArchiveContradicts"/>, and stays.
    /// </summary>
    Task<LedgerFault?> PutAsync(ArchiveObject item, CancellationToken cancellation);

    /// <summary>
    /// Copies an object into a new file of at most <paramref name="most"/> bytes; <see cref="LedgerFaultKind.NotFound"/> when there is none.
    /// </summary>
    Task<LedgerFault?> FetchAsync(string name, string file, long most, CancellationToken cancellation);

    /// <summary>Says that an object is, or no longer is, to be kept beyond its time. Does nothing where that is not known.</summary>
    Task<LedgerFault?> HoldAsync(string name, bool isHeld, CancellationToken cancellation);
}
