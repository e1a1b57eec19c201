namespace Writ.Crypto.Vault;

/// <summary>Lets nothing be written any more to a store whose last write failed: what is on the disk is then not known. Used under the ring's lock.</summary>
internal sealed class StoreFence
{
    private string? _cause;

    public bool IsUp => _cause is not null;

    /// <summary>Writes, or says why not; a write that fails raises the fence.</summary>
    public VaultFault? Write(KeyStore store, Action write)
    {
        if (_cause is not null)
            return new VaultFault(VaultFaultKind.Fenced, store.Path, _cause);
        try
        {
            write();
            return null;
        }
        catch (Exception refused) when (KeyStore.IsRefusal(refused))
        {
            _cause = refused.Message;
            return new VaultFault(VaultFaultKind.Io, store.Path, refused.Message);
        }
    }
}
