using Writ.Ledger.Archiving;

namespace Writ.Ledger.Tests.Archiving;

/// <summary>An archive that fails, or is left for dead, after so many writes: before the write that is next, or after it and before its answer.</summary>
internal sealed class FailingTarget(IArchiveTarget inner, int writes, bool isWritten, bool isDeath) : IArchiveTarget
{
    private int _left = writes;

    public string Address => inner.Address;

    public bool KnowsHolds => false;

    public Task<LedgerFault?> CheckAsync(CancellationToken cancellation) => inner.CheckAsync(cancellation);

    public Task<LedgerFault?> ListAsync(string prefix, ICollection<string> names, CancellationToken cancellation) => inner.ListAsync(prefix, names, cancellation);

    public async Task<LedgerFault?> PutAsync(ArchiveObject item, CancellationToken cancellation)
    {
        if (_left-- > 0)
            return await inner.PutAsync(item, cancellation);
        if (isWritten)
            await inner.PutAsync(item, cancellation);
        return isDeath ? throw new InvalidOperationException("killed") : new LedgerFault(LedgerFaultKind.ArchiveUnavailable, "no answer");
    }

    public Task<LedgerFault?> FetchAsync(string name, string file, long most, CancellationToken cancellation) => inner.FetchAsync(name, file, most, cancellation);

    public Task<LedgerFault?> HoldAsync(string name, bool isHeld, CancellationToken cancellation) => inner.HoldAsync(name, isHeld, cancellation);
}
