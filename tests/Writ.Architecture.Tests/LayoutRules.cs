using System.Text.RegularExpressions;

namespace Writ.Architecture.Tests;

/// <summary>How source files lie in their folders. Each rule returns what breaks it, located.</summary>
internal static partial class LayoutRules
{
    private const int MostLines = 400;
    private static readonly string[] VagueFolders = ["Common", "Helpers", "Helper", "Utils", "Utilities", "Models", "Misc", "Shared"];

    /// <summary>One top-level type a file, named after it; <c>Name.Aspect.cs</c> may hold a part of <c>Name</c>.</summary>
    public static IEnumerable<string> OneTypeNamedAfterItsFile(SourceFile file)
    {
        var types = TopLevelTypes(file.BareCode).Distinct().ToArray();
        if (types.Length == 0)
            return file.Name is "Program" or "GlobalUsings" or "AssemblyInfo" ? [] : [$"{file.Path} holds no type"];
        if (types.Length > 1)
            return [$"{file.Path} holds {types.Length} top-level types: {string.Join(", ", types)}"];
        return file.Name.Split('.')[0] == types[0] ? [] : [$"{file.Path} holds {types[0]}: name the file after it"];
    }

    /// <summary>A file's namespace is its project followed by its folders; <c>src/Writ.X/Y/Z.cs</c> is <c>Writ.X.Y</c>.</summary>
    public static IEnumerable<string> NamespaceIsFolder(SourceFile file)
    {
        if (file.Name == "Program" || Namespace().Match(file.BareCode) is not { Success: true } found)
            return file.Name is "Program" or "GlobalUsings" or "AssemblyInfo" ? [] : [$"{file.Path} has no file-scoped namespace"];
        var expected = string.Join('.', file.Folders.Skip(1));
        return found.Groups[1].Value == expected ? [] : [$"{file.Path} is in namespace {found.Groups[1].Value}, its folder says {expected}"];
    }

    public static IEnumerable<string> NoVagueFolder(SourceFile file) =>
        file.Folders.Intersect(VagueFolders, StringComparer.OrdinalIgnoreCase).Select(folder => $"{file.Path}: '{folder}' says nothing about what is in it");

    public static IEnumerable<string> NoLongFile(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        return lines <= MostLines ? [] : [$"{file.Path} has {lines} lines, more than {MostLines}: look for the second idea"];
    }

    private static IEnumerable<string> TopLevelTypes(string bareCode) =>
        Declaration().Matches(OutsideBrackets(bareCode)).Select(match => match.Groups[1].Value);

    /// <summary>The code outside every kind of bracket: what is left is the headers of top-level declarations.</summary>
    private static string OutsideBrackets(string code)
    {
        var depth = 0;
        return new string([.. code.Select(c =>
        {
            depth -= c is '}' or ')' or ']' ? 1 : 0;
            var shown = depth == 0 && c is not ('}' or ')' or ']') ? c : ' ';
            depth += c is '{' or '(' or '[' ? 1 : 0;
            return shown;
        })]);
    }

    [GeneratedRegex(@"(?<![:,]\s*)\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w.<>?,\s]+?)\s+(?!class\b|struct\b)(\w+)(?=\s*[<({:;\s])")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
