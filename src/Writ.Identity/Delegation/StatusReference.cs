namespace Writ.Identity.Delegation;

/// <summary>Where it is published whether the lineage was withdrawn: a list and the place in it. The same along a chain.</summary>
/// <param name="Uri">The list.</param>
/// <param name="Index">The place, from 0.</param>
public sealed record StatusReference(string Uri, long Index);
