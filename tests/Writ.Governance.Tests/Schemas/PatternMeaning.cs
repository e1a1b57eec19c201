using Writ.Governance.Schemas.Patterns;

namespace Writ.Governance.Tests.Schemas;

/// <summary>
/// What a parsed pattern means, by its definition and not by an automaton: the set of places where a match can end, for a set of places where it
/// begins. For texts of single-unit characters.
/// </summary>
internal static class PatternMeaning
{
    public static bool Occurs(string pattern, string text) =>
        new PatternParser(pattern).Parse()!.All(condition => Ends(condition.Node, text, Enumerable.Range(0, text.Length + 1)).Count > 0 == condition.MustMatch);

    private static HashSet<int> Ends(PatternNode node, string text, IEnumerable<int> starts) => node switch
    {
        PatternNode.One one => [.. starts.Where(at => at < text.Length && one.Class.Contains(text[at])).Select(at => at + 1)],
        PatternNode.Sequence sequence => sequence.Parts.Aggregate(starts.ToHashSet(), (places, part) => Ends(part, text, places)),
        PatternNode.Choice choice => [.. choice.Alternatives.SelectMany(alternative => Ends(alternative, text, starts))],
        PatternNode.Repetition repetition => Repeated(repetition, text, [.. starts]),
        PatternNode.Assertion assertion => [.. starts.Where(at => Holds(assertion.Kind, text, at))],
        _ => throw new InvalidOperationException(),
    };

    private static HashSet<int> Repeated(PatternNode.Repetition repetition, string text, HashSet<int> places)
    {
        for (var turn = 0; turn < repetition.Least; turn++)
            places = Ends(repetition.Body, text, places);
        var all = places.ToHashSet();

        // As many turns as there are places reach every place that any number of turns reaches.
        for (var turn = repetition.Least; turn < (repetition.Most ?? (repetition.Least + text.Length + 1)); turn++)
        {
            places = Ends(repetition.Body, text, places);
            all.UnionWith(places);
        }

        return all;
    }

    private static bool Holds(PatternAssertion assertion, string text, int at) => assertion switch
    {
        PatternAssertion.Start => at == 0,
        PatternAssertion.End => at == text.Length,
        _ => (IsWord(text, at - 1) != IsWord(text, at)) == (assertion == PatternAssertion.WordBoundary),
    };

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');
}
