using Writ.Cedar.Entities;

namespace Writ.Cedar.Values;

/// <summary>A reference to an entity, which may or may not exist in a store.</summary>
public sealed record EntityValue : Value
{
    /// <summary>Wraps the identity of an entity.</summary>
    public EntityValue(EntityUid uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        Uid = uid;
    }

    /// <summary>The identity.</summary>
    public EntityUid Uid { get; }

    /// <inheritdoc/>
    public override string TypeName => Uid.Type.Value;
}
