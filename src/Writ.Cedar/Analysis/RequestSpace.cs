using System.Collections.Immutable;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Analysis;

/// <summary>
/// The requests that a question is about: one action on one resource by any principal of a type, in any context that keeps to what is
/// stated. Immutable, thread safe.
/// </summary>
/// <param name="Principal">Stands for the principal: its type is every principal's, its id an example's.</param>
/// <param name="Action">The action.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Entities">What is known of actions, resources and groups. Their attributes and parents are those of every request; the
/// principal is none of them, and what they are in is listed too, directly or not.</param>
public sealed record RequestSpace(EntityUid Principal, EntityUid Action, EntityUid Resource, EntityStore Entities)
{
    /// <summary>What is known of attributes, by path: <c>principal.risk</c>, <c>context.args.amount</c>. No name on a path has a dot.</summary>
    public ImmutableSortedDictionary<string, AttributeDomain> Attributes { get; init; } =
        ImmutableSortedDictionary.Create<string, AttributeDomain>(StringComparer.Ordinal);

    /// <summary>Attributes that always have the value of another, by path. The other may not be one of these.</summary>
    public ImmutableSortedDictionary<string, string> Copies { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
