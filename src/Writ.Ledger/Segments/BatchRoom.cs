using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>How many padded bytes the next batch may take.</summary>
/// <param name="ForReserved">What control records and effects may use: all that is contiguous.</param>
/// <param name="ForOrdinary">What ordinary records may use: the same, less the reserve.</param>
/// <param name="Fault">Why no further room could be prepared; null while preparation works.</param>
internal readonly record struct BatchRoom(long ForReserved, long ForOrdinary, DiskFault? Fault);
