using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar.Entities;

/// <summary>What making a store gave. Closed: built or refused.</summary>
public abstract record EntityStoreResult
{
    private EntityStoreResult()
    {
    }

    /// <summary>Gets the store, or the reason why there is none.</summary>
    public bool TryGet([NotNullWhen(true)] out EntityStore? store, [NotNullWhen(false)] out string? reason)
    {
        store = (this as Built)?.Store;
        reason = (this as Refused)?.Reason;
        return store is not null;
    }

    /// <summary>The store was made.</summary>
    /// <param name="Store">The store.</param>
    public sealed record Built(EntityStore Store) : EntityStoreResult;

    /// <summary>The entities contradict each other.</summary>
    /// <param name="Reason">How, naming an entity.</param>
    public sealed record Refused(string Reason) : EntityStoreResult;
}
