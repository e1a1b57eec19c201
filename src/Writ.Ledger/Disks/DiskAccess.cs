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
}
