namespace Writ.Cedar;

/// <summary>Finds the name that was probably meant.</summary>
public static class Suggestion
{
    private const int MaxLength = 40;
    private const int MaxCandidates = 1_000;

    /// <summary>
    /// The candidate that is fewest edits away, by at most a third of the word's length; null when none is that near, or for a word of
    /// more than 40 characters. Case does not count, and of many candidates only the first 1,000 are looked at.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        if (word.Length > MaxLength)
            return null;
        string? best = null;
        var least = word.Length < 4 ? 2 : Math.Max(2, word.Length / 3) + 1;
        foreach (var candidate in candidates.Take(MaxCandidates))
        {
            if (Math.Abs(candidate.Length - word.Length) >= least || candidate == word)
                continue;
            var distance = Distance(word, candidate);
            if (distance < least)
                (best, least) = (candidate, distance);
        }

        return best;
    }

    /// <summary><c>: did you mean `x`?</c>, or nothing when no name is near.</summary>
    internal static string For(string word, IEnumerable<string> candidates) => Nearest(word, candidates) is { } near ? $": did you mean `{near}`?" : "";

    // The edit distance of Levenshtein, in one row; case does not count.
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[(2 * MaxLength) + 2];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
