using System.Collections.Immutable;

namespace Writ.Cedar.Expressions;

/// <summary>A pattern of <c>like</c>: text in which wildcards stand for any number of characters, none included. Immutable.</summary>
public sealed record LikePattern
{
    /// <summary>Makes a pattern of the pieces of text between its wildcards: <c>a*b</c> is <c>["a", "b"]</c>, <c>*</c> is <c>["", ""]</c>.</summary>
    /// <exception cref="ArgumentException">There is no piece.</exception>
    public LikePattern(ImmutableArray<string> pieces)
    {
        if (pieces.IsDefaultOrEmpty)
            throw new ArgumentException("A pattern has at least one piece.", nameof(pieces));
        Pieces = pieces;
    }

    /// <summary>The pieces of text between the wildcards; one more than there are wildcards.</summary>
    public ImmutableArray<string> Pieces { get; }

    /// <summary>Whether the whole of <paramref name="text"/> matches.</summary>
    public bool Matches(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        if (Pieces.Length == 1)
            return rest.SequenceEqual(Pieces[0]);
        if (rest.Length < Pieces[0].Length + Pieces[^1].Length || !rest.StartsWith(Pieces[0]) || !rest.EndsWith(Pieces[^1]))
            return false;

        // Between the two ends the earliest place for each piece leaves the most room for those after it.
        rest = rest[Pieces[0].Length..^Pieces[^1].Length];
        foreach (var piece in Pieces.AsSpan()[1..^1])
        {
            var found = rest.IndexOf(piece);
            if (found < 0)
                return false;
            rest = rest[(found + piece.Length)..];
        }

        return true;
    }

    /// <summary>The pattern as a Cedar literal.</summary>
    public override string ToString() => Syntax.CedarText.Print(this);

    /// <inheritdoc/>
    public bool Equals(LikePattern? other) => other is not null && Pieces.AsSpan().SequenceEqual(other.Pieces.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Pieces.Length, Pieces[0], Pieces[^1]);
}
