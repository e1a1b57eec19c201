using System.Text.RegularExpressions;

namespace Writ.Architecture.Tests;

/// <summary>Words that do not belong into a file at all, comments included.</summary>
internal static partial class WordingRules
{
    public static IEnumerable<string> NoUnfinishedNote(SourceFile file) =>
        Note().Matches(file.Text).Select(note => $"{file.Locate(note.Index)}: {note.Value}: an unfinished thing is an issue or does not exist");

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")]
    private static partial Regex Note();
}
