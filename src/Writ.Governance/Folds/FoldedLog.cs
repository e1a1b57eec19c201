using Writ.Crypto.Hashing;

namespace Writ.Governance.Folds;

/// <summary>How far an organization's log is folded.</summary>
/// <param name="Size">How many of its records.</param>
/// <param name="Root">The root over those.</param>
/// <param name="Newest">The latest time that one of them names.</param>
internal sealed record FoldedLog(ulong Size, Hash256 Root, DateTimeOffset Newest);
