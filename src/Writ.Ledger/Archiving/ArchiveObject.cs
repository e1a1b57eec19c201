using Writ.Crypto.Hashing;

namespace Writ.Ledger.Archiving;

/// <summary>Something to be archived. Immutable.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">The digest of its bytes.</param>
/// <param name="RetainUntil">Until when it is to be kept from being changed and deleted, where the target can.</param>
/// <param name="IsHeld">Whether it is to be kept beyond that, until it is said otherwise.</param>
public sealed record ArchiveObject(string Name, string File, long Length, Hash256 Sha256, DateTimeOffset RetainUntil, bool IsHeld);
