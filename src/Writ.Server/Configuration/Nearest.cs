namespace Writ.Server.Configuration;

/// <summary>Finds what was probably meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate fewest edits away (insert, delete, replace, swap of neighbours), if that is at most a third of its length;
    /// else null. Case, dashes and underscores do not count.
    /// </summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 100)
            return null;
        var wanted = Plain(word);
        var best = candidates
            .Select(candidate => (candidate, edits: Edits(wanted, Plain(candidate))))
            .OrderBy(c => c.edits).ThenBy(c => c.candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.candidate is not null && best.edits <= Math.Max(1, best.candidate.Length / 3) ? best.candidate : null;
    }

    /// <summary>Whether at most so many edits lead from one word to the other.</summary>
    internal static bool Within(string word, string candidate, int edits) =>
        Math.Abs(word.Length - candidate.Length) <= 2 * edits && Edits(Plain(word), Plain(candidate)) <= edits;

    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Edits(string from, string to)
    {
        var distance = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replace, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }

        return distance[from.Length, to.Length];
    }
}
