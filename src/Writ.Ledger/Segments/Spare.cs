using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>A zeroed segment file in place, not yet used.</summary>
internal sealed record Spare(ulong Number, IDiskFile File, long Length);
