using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Patterns that a text matches, and patterns and texts that it does not. Says that they exclude each other only where they do; where they
/// do not, the candidates may all fail nevertheless. Immutable.
/// </summary>
internal sealed record TextFacts(ImmutableList<LikePattern> Matched, ImmutableList<LikePattern> Unmatched)
{
    // No text of a policy holds it: it is not a character.
    private const string Star = "\uFFFE";

    public static TextFacts None { get; } = new([], []);

    public TextFacts With(LikePattern pattern, bool wanted) =>
        wanted ? this with { Matched = Matched.Add(pattern) } : this with { Unmatched = Unmatched.Add(pattern) };

    public bool Admit(string text) => Matched.TrueForAll(pattern => pattern.Matches(text)) && !Unmatched.Exists(pattern => pattern.Matches(text));

    /// <summary>Whether no text meets all of them.</summary>
    public bool AreContrary =>
        Unmatched.Exists(pattern => pattern.Pieces.All(piece => piece.Length == 0) && pattern.Pieces.Length > 1)
        || Matched.Exists(one => Matched.Exists(other => Exclude(one, other)) || Unmatched.Exists(other => IsWithin(one, other)));

    /// <summary>Texts to try, the plainest first.</summary>
    public IEnumerable<string> Candidates()
    {
        foreach (var filler in (string[])["x", "", "y1", "x y"])
        {
            foreach (var pattern in Matched)
                yield return string.Join(filler, pattern.Pieces);
            if (Matched.Count > 1)
            {
                var first = Matched.MaxBy(pattern => pattern.Pieces[0].Length)!.Pieces[0];
                var last = Matched.MaxBy(pattern => pattern.Pieces[^1].Length)!.Pieces[^1];
                var middle = Matched.SelectMany(pattern => pattern.Pieces.Skip(1).SkipLast(1)).Where(piece => piece.Length > 0).Distinct();
                yield return first + filler + string.Concat(middle.Select(piece => piece + filler)) + last;
            }

            yield return filler;
        }
    }

    private static bool Exclude(LikePattern one, LikePattern other)
    {
        if (one.Pieces.Length == 1)
            return !other.Matches(one.Pieces[0]);
        if (other.Pieces.Length == 1)
            return !one.Matches(other.Pieces[0]);
        return !(Starts(one.Pieces[0], other.Pieces[0]) && Ends(one.Pieces[^1], other.Pieces[^1]));
    }

    private static bool Starts(string a, string b) => a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal);

    private static bool Ends(string a, string b) => a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal);

    // A character that the wider pattern does not name falls under one of its wildcards, and whatever stands in its place does too.
    private static bool IsWithin(LikePattern narrow, LikePattern wide) =>
        wide.Pieces.All(piece => !piece.Contains(Star, StringComparison.Ordinal)) && wide.Matches(string.Join(Star, narrow.Pieces));
}
