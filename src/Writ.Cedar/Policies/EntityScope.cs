using Writ.Cedar.Entities;

namespace Writ.Cedar.Policies;

/// <summary>Which principals, or which resources, a policy is about. Closed: one nested record per form. Immutable.</summary>
public abstract record EntityScope
{
    private EntityScope()
    {
    }

    /// <summary>What the scope compares with; null when it compares with no entity.</summary>
    public virtual ScopeTarget? Target => null;

    /// <summary>The type that the scope asks for; null when any will do.</summary>
    public virtual EntityTypeName? Type => null;

    /// <summary>The same scope with an entity in its slot; the scope itself when it has none.</summary>
    internal virtual EntityScope Fill(EntityUid uid) => this;

    /// <summary>Any entity.</summary>
    public sealed record Any : EntityScope;

    /// <summary><c>== target</c></summary>
    /// <param name="Target">The entity or slot.</param>
    public sealed record Equal(ScopeTarget Target) : EntityScope
    {
        /// <inheritdoc/>
        public override ScopeTarget Target { get; } = Target;

        internal override EntityScope Fill(EntityUid uid) => Target is ScopeTarget.OpenSlot ? new Equal(uid) : this;
    }

    /// <summary><c>in target</c></summary>
    /// <param name="Target">The entity or slot.</param>
    public sealed record In(ScopeTarget Target) : EntityScope
    {
        /// <inheritdoc/>
        public override ScopeTarget Target { get; } = Target;

        internal override EntityScope Fill(EntityUid uid) => Target is ScopeTarget.OpenSlot ? new In(uid) : this;
    }

    /// <summary><c>is Type</c></summary>
    /// <param name="Type">The type.</param>
    public sealed record Is(EntityTypeName Type) : EntityScope
    {
        /// <inheritdoc/>
        public override EntityTypeName Type { get; } = Type;
    }

    /// <summary><c>is Type in target</c></summary>
    /// <param name="Type">The type.</param>
    /// <param name="Target">The entity or slot.</param>
    public sealed record IsIn(EntityTypeName Type, ScopeTarget Target) : EntityScope
    {
        /// <inheritdoc/>
        public override EntityTypeName Type { get; } = Type;

        /// <inheritdoc/>
        public override ScopeTarget Target { get; } = Target;

        internal override EntityScope Fill(EntityUid uid) => Target is ScopeTarget.OpenSlot ? new IsIn(Type, uid) : this;
    }
}
