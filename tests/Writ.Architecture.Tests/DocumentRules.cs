using System.Text.RegularExpressions;

namespace Writ.Architecture.Tests;

/// <summary>What the documents promise must be there. Each rule returns what is not.</summary>
internal static partial class DocumentRules
{
    /// <summary>Relative links of a Markdown text whose target does not exist. Paths are relative to the text's own folder.</summary>
    public static IEnumerable<string> LinksLead(string path, string markdown, Func<string, bool> exists) =>
        from Match link in Link().Matches(markdown)
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
        where !exists(Path.Combine(Path.GetDirectoryName(path) ?? "", target.Split('#')[0]))
        select $"{path} links to {target}, which does not exist";

    /// <summary>Codes that a source file names and the table does not explain.</summary>
    public static IEnumerable<string> CodesHaveARow(SourceFile file, string table) =>
        from Match code in Code().Matches(file.Text)
        where !table.Contains($"| `{code.Value}` |", StringComparison.Ordinal)
        select $"{file.Locate(code.Index)}: {code.Value} has no row in docs/errors.md";

    /// <summary>Codes that stand twice in the table, or under a heading that is not their room.</summary>
    public static IEnumerable<string> CodesHaveTheirPlace(string table)
    {
        var room = ' ';
        var seen = new HashSet<string>();
        foreach (var line in table.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
                room = heading.Groups[1].Value[0];
            if (Row().Match(line) is not { Success: true } row)
                continue;
            var code = row.Groups[1].Value;
            if (!seen.Add(code))
                yield return $"{code} stands twice";
            if (code[4] != room)
                yield return $"{code} stands under {room}xxx";
        }
    }

    /// <summary>Tests that a document names and no test project has.</summary>
    public static IEnumerable<string> TestsExist(string markdown, IReadOnlySet<string> tests) =>
        TestName().Matches(markdown).Select(name => name.Groups[1].Value).Where(name => !tests.Contains(name)).Select(name => $"there is no test {name}");

    /// <summary>The names of the methods of a test file that are written as sentences.</summary>
    public static IEnumerable<string> TestsOf(SourceFile file) => TestMethod().Matches(file.BareCode).Select(method => method.Groups[1].Value);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bWRIT\d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"^## (\d)xxx ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(WRIT\d{4})` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\b(?:void|Task)\s+([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)\s*\(")]
    private static partial Regex TestMethod();
}
