using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Policies;

/// <summary>
/// All of a policy or template but its id. Immutable. Two bodies are equal when they say the same in the same words; where they stand in
/// a source does not matter.
/// </summary>
public sealed record PolicyBody
{
    /// <summary>What a satisfied policy does.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The annotations.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>Which principals it is about.</summary>
    public EntityScope Principal { get; init; } = new EntityScope.Any();

    /// <summary>Which actions it is about.</summary>
    public ActionScope Action { get; init; } = new ActionScope.Any();

    /// <summary>Which resources it is about.</summary>
    public EntityScope Resource { get; init; } = new EntityScope.Any();

    /// <summary>The conditions, in the order of the source; all must hold.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>The name of the source it was read from; empty when there is none.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>Where it starts, its annotations included; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>Whether the principal's scope has a slot to fill.</summary>
    public bool HasPrincipalSlot => Principal.Target is ScopeTarget.OpenSlot;

    /// <summary>Whether the resource's scope has a slot to fill.</summary>
    public bool HasResourceSlot => Resource.Target is ScopeTarget.OpenSlot;

    /// <summary>Whether this is the body of a template: it has a slot to fill.</summary>
    public bool IsTemplate => HasPrincipalSlot || HasResourceSlot;

    /// <summary>All expressions of all conditions, each before what it holds.</summary>
    public IEnumerable<Expr> Expressions => Conditions.SelectMany(condition => condition.Body.DescendantsAndSelf());

    /// <inheritdoc/>
    public bool Equals(PolicyBody? other) =>
        other is not null && Effect == other.Effect && Annotations.Equals(other.Annotations) && Principal.Equals(other.Principal)
        && Action.Equals(other.Action) && Resource.Equals(other.Resource) && Conditions.AsSpan().SequenceEqual(other.Conditions.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Effect, Principal, Action, Resource, Conditions.Length);
}
