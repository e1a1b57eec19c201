namespace Writ.Crypto.Vault;

/// <summary>Why the key ring could not be opened or changed.</summary>
public enum VaultFaultKind
{
    /// <summary>A key store exists, but the master key that opens it is missing, unreadable or readable by others.</summary>
    MasterKeyUnavailable,

    /// <summary>The master key is not the one under which the key store was made.</summary>
    WrongMasterKey,

    /// <summary>There is a master key but no key store. Making an empty one would leave every sealed payload unreadable.</summary>
    StoreMissing,

    /// <summary>A key store exists where a new one was asked for.</summary>
    StoreExists,

    /// <summary>The file is no key store, or was changed, or is damaged before its end.</summary>
    Corrupt,

    /// <summary>The operating system refused: another owner, no right, no space, a failed flush.</summary>
    Io,

    /// <summary>An earlier write failed, so that what is on disk is not known; keys are neither made nor destroyed until the ring is opened anew.</summary>
    Fenced,

    /// <summary>The key asked for was destroyed, or never was this organization's.</summary>
    KeyGone,
}
