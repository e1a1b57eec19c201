using System.Collections.Concurrent;

namespace Writ.Identity.Delegation;

/// <summary>
/// A book of nonces for each holder of a credential, so that who fills one is refused, and nobody else. Holders are those who proved to be one:
/// there are no more of them than there are credentials. Thread safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="capacity">The most that is remembered at once of one holder; by default 100,000.</param>
public sealed class NonceBooks(TimeProvider time, int capacity = 100_000)
{
    private readonly ConcurrentDictionary<string, NonceBook> _books = new(StringComparer.Ordinal);

    /// <summary>The book of a holder.</summary>
    public NonceBook Of(string holder) => _books.GetOrAdd(holder, static (_, made) => new NonceBook(made.time, made.capacity), (time, capacity));
}
