using Writ.Governance.Folds;

namespace Writ.Governance.Retention;

/// <summary>What records wait for before they go. Immutable.</summary>
/// <param name="CarryState">Makes a fold snapshot of everything there is, durably; null where none can be made for now.</param>
/// <param name="Archived">The last segment of records that the archive has; the greatest number where there is no archive.</param>
/// <param name="IsCarried">Whether the fold snapshot of a digest is there, whole: without it nothing goes. Null where it always is.</param>
public sealed record RecordRetentionOptions(Func<CancellationToken, Task<CarriedState?>> CarryState, Func<ulong> Archived, Func<string, bool>? IsCarried = null);
