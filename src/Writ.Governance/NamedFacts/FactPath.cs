using System.Text.Json;

namespace Writ.Governance.NamedFacts;

/// <summary>Names arguments of a call: member names with dots between levels, at most 8; <c>[]</c> behind a name means every element.</summary>
internal static class FactPath
{
    /// <summary>The most values that a fact is made of; more make it unavailable.</summary>
    public const int MaxValues = 10_000;

    public static bool IsValid(string path) =>
        path.Length is > 0 and <= 256 && path.Split('.') is { Length: <= 8 } steps
        && steps.All(step => Bare(step) is { Length: > 0 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    /// <summary>Every value at the path; none where nothing is there. Null where something else stands in the way, or there are too many.</summary>
    public static List<JsonElement>? Find(JsonElement arguments, string path)
    {
        List<JsonElement> at = [arguments];
        foreach (var step in path.Split('.'))
        {
            var next = new List<JsonElement>();
            foreach (var from in at)
            {
                if (from.ValueKind != JsonValueKind.Object)
                    return null;
                if (!from.TryGetProperty(Bare(step), out var value))
                    continue;
                if (!IsEach(step))
                    next.Add(value);
                else if (value.ValueKind != JsonValueKind.Array)
                    return null;
                else
                    next.AddRange(value.EnumerateArray());
                if (next.Count > MaxValues)
                    return null;
            }

            at = next;
        }

        return at;
    }

    private static bool IsEach(string step) => step.EndsWith("[]", StringComparison.Ordinal);

    private static string Bare(string step) => IsEach(step) ? step[..^2] : step;
}
