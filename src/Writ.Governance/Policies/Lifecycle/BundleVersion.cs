namespace Writ.Governance.Policies.Lifecycle;

/// <summary>A version of a bundle that was published.</summary>
/// <param name="Bundle">Its content.</param>
/// <param name="Before">The digest that held when this one was published; null for the first.</param>
public sealed record BundleVersion(PublishedBundle Bundle, string? Before);
