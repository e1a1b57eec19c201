namespace Writ.Crypto.Vault;

/// <summary>A failure of the key ring: what is wrong, where, and what to do. Immutable; holds no key material and no subject's name.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Path">The file concerned.</param>
/// <param name="Detail">The circumstance.</param>
public sealed record VaultFault(VaultFaultKind Kind, string Path, string Detail)
{
    /// <summary>One sentence for the person who operates Writ.</summary>
    public string Message => Kind switch
    {
        VaultFaultKind.MasterKeyUnavailable => $"{Path}: sealed payloads exist but their master key cannot be used: {Detail}",
        VaultFaultKind.WrongMasterKey => $"{Path}: was made under another master key; give the right one",
        VaultFaultKind.StoreMissing => $"{Path}: there is a master key but no key store; restore the key store, or move the master key away to begin a new vault",
        VaultFaultKind.StoreExists => $"{Path}: a key store is there already",
        VaultFaultKind.Corrupt => $"{Path}: the key store is damaged: {Detail}; restore it from its backup",
        VaultFaultKind.KeyGone => $"{Path}: there is no such key: {Detail}",
        VaultFaultKind.Fenced => $"{Path}: an earlier write failed ({Detail}); restart after its cause is cured",
        _ => $"{Path}: the operating system refused: {Detail}",
    };

    /// <summary>The same as <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
