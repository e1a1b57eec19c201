using Writ.Ledger.Disks;

namespace Writ.Ledger.Segments;

/// <summary>The spares of one moment.</summary>
/// <param name="Count">How many are ready.</param>
/// <param name="Bytes">How many bytes of batches they can take together.</param>
/// <param name="NextBytes">How many the next one can take; 0 when none is ready.</param>
/// <param name="Fault">Why the last attempt to make another failed; null while none has.</param>
internal readonly record struct ReadySpares(int Count, long Bytes, long NextBytes, DiskFault? Fault);
