namespace Writ.Ledger.Disks;

/// <summary>How a file is opened.</summary>
public enum DiskAccess
{
    /// <summary>An existing file, for reading only.</summary>
    Read,

    /// <summary>An existing file, for reading and writing.</summary>
    Write,

    /// <summary>A new file, for reading and writing; refused when the name is taken.</summary>
    Create,

    /// <summary>
    /// As <see cref="Create"/>, for a long file that nobody reads soon: writes may bypass the cache, so that they do not crowd it.
    /// Only ever written in whole multiples of 4,096 bytes from memory that is so aligned.
    /// </summary>
    CreateUncached,
}
