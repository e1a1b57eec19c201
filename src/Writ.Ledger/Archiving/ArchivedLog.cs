using Writ.Crypto.Hashing;

namespace Writ.Ledger.Archiving;

/// <summary>How far one log reaches with an archived segment, and the signed checkpoint that covers it.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Its records up to the segment's last.</param>
/// <param name="Root">The root over them.</param>
/// <param name="Checkpoint">The signed note of a checkpoint of that size or more.</param>
/// <param name="Proof">That the checkpoint's tree only appends to that one (RFC 6962 section 2.1.2).</param>
internal sealed record ArchivedLog(string Origin, ulong Size, Hash256 Root, string Checkpoint, IReadOnlyList<Hash256> Proof);
