using System.Collections.Immutable;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Policies;

/// <summary>Which actions a policy is about. Closed: one nested record per form. Immutable.</summary>
public abstract record ActionScope
{
    private ActionScope()
    {
    }

    /// <summary>The actions that the scope names; empty for any action, and for <c>in []</c>, which no action is.</summary>
    public abstract ImmutableArray<EntityUid> Actions { get; }

    /// <summary>Any action.</summary>
    public sealed record Any : ActionScope
    {
        /// <inheritdoc/>
        public override ImmutableArray<EntityUid> Actions => [];
    }

    /// <summary><c>== action</c></summary>
    /// <param name="Action">The action.</param>
    /// <exception cref="ArgumentException">The entity's type is not that of an action.</exception>
    public sealed record Equal(EntityUid Action) : ActionScope
    {
        /// <summary>The action.</summary>
        public EntityUid Action { get; } = Checked(Action);

        /// <inheritdoc/>
        public override ImmutableArray<EntityUid> Actions => [Action];
    }

    /// <summary><c>in action</c>: the action itself or one of its group.</summary>
    /// <param name="Group">The action or group.</param>
    /// <exception cref="ArgumentException">The entity's type is not that of an action.</exception>
    public sealed record In(EntityUid Group) : ActionScope
    {
        /// <summary>The action or group.</summary>
        public EntityUid Group { get; } = Checked(Group);

        /// <inheritdoc/>
        public override ImmutableArray<EntityUid> Actions => [Group];
    }

    /// <summary><c>in [a, b]</c>: one of the actions or of their groups.</summary>
    public sealed record InAny : ActionScope
    {
        /// <summary>Creates the scope.</summary>
        /// <exception cref="ArgumentException">The type of one of them is not that of an action.</exception>
        public InAny(ImmutableArray<EntityUid> actions) => Actions = [.. actions.Select(Checked)];

        /// <inheritdoc/>
        public override ImmutableArray<EntityUid> Actions { get; }

        /// <inheritdoc/>
        public bool Equals(InAny? other) => other is not null && Actions.AsSpan().SequenceEqual(other.Actions.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Actions.IsEmpty ? 0 : HashCode.Combine(Actions.Length, Actions[0]);
    }

    private static EntityUid Checked(EntityUid uid) =>
        uid.Type.IsAction ? uid : throw new ArgumentException($"{uid} is not an action: the last name of its type is not Action.");
}
