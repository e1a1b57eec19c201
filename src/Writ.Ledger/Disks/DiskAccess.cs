namespace Writ.Ledger.Disks;

/// <summary>
/// How a file is opened. The uncached ways are for long files whose writes should neither wait for the system's cache nor crowd it
/// (<c>O_DIRECT</c> where the file system has it): written in whole sectors of 512 bytes, at whole sectors, from memory that begins
/// on one. Reads of such a file see every write that was made before.
/// </summary>
public enum DiskAccess
{
    /// <summary>An existing file, for reading only.</summary>
    Read,

    /// <summary>An existing file, for reading and writing.</summary>
    Write,

    /// <summary>A new file, for reading and writing; refused when the name is taken.</summary>
    Create,

    /// <summary>As <see cref="Write"/>, past the cache, for writing only.</summary>
    WriteUncached,

    /// <summary>As <see cref="Create"/>, past the cache, for writing only.</summary>
    CreateUncached,

    /// <summary>As <see cref="Read"/>, and what the system's cache has of it is dropped first, so that the device is read.</summary>
    ReadFromDevice,
}
