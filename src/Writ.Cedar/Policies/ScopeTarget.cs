using Writ.Cedar.Entities;

namespace Writ.Cedar.Policies;

/// <summary>What a scope compares with. Closed: an entity or, in a template only, the slot of that scope.</summary>
public abstract record ScopeTarget
{
    private ScopeTarget()
    {
    }

    /// <summary>A slot to be filled by a link: <c>?principal</c> in the principal's scope, <c>?resource</c> in the resource's.</summary>
    public static ScopeTarget Slot { get; } = new OpenSlot();

    /// <summary>Compares with an entity.</summary>
    public static implicit operator ScopeTarget(EntityUid uid) => new Entity(uid);

    /// <summary>Compares with an entity.</summary>
    /// <param name="Uid">The entity.</param>
    public sealed record Entity(EntityUid Uid) : ScopeTarget;

    /// <summary>Compares with whatever a link puts in the slot.</summary>
    public sealed record OpenSlot : ScopeTarget;
}
