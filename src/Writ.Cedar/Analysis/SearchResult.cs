using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Cedar.Analysis;

/// <summary>What a search for a request that makes a claim true came to. Closed. Immutable.</summary>
public abstract record SearchResult
{
    private SearchResult()
    {
    }

    /// <summary>No request of the space makes the claim true. This is a proof.</summary>
    public sealed record Impossible : SearchResult
    {
        /// <summary>The only one.</summary>
        public static Impossible Instance { get; } = new();
    }

    /// <summary>This request does: the reference evaluator was asked.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Entities">What is known of the entities with it.</param>
    public sealed record Found(Request Request, EntityStore Entities) : SearchResult;

    /// <summary>Neither was found.</summary>
    /// <param name="Reason">Why, as a clause.</param>
    public sealed record Unknown(string Reason) : SearchResult;
}
