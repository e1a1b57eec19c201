namespace Writ.Ledger.Disks;

/// <summary>Which file it is and when it last changed, by the file system: equal stamps say that nobody wrote to it in between, as far as the system tells.</summary>
/// <param name="File">The number of the file in its file system.</param>
/// <param name="ChangedAt">When its bytes or its metadata last changed, in nanoseconds since 1970. No program sets it; who sets the machine's clock can.</param>
public readonly record struct FileStamp(ulong File, long ChangedAt);
