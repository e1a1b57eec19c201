using System.Collections.Immutable;

namespace Writ.Governance.NamedFacts;

/// <summary>What can be wrong with a declaration though its JSON is right.</summary>
internal static class DeclarationChecks
{
    public static void Check(DerivedDeclaration declaration, Action<string> report)
    {
        Name(declaration.Name, report);
        Coverage(declaration.Tools, report);
        if (DetectorKinds.TypeOf(declaration.Detector) is null)
            report($"there is no detector '{declaration.Detector}'; there are {string.Join(", ", DetectorKinds.Words)}");
        if (declaration.Reads.IsDefault || declaration.Reads.Length is 0 or > 16)
            report("reads names 1 to 16 arguments");
        else
            foreach (var path in declaration.Reads)
                Path(path, report);
        if (declaration.Detector == "path")
        {
            if (declaration.Roots.Length is 0 or > 16 || !declaration.Roots.All(r => r is ['/', ..] && !r.Contains("..", StringComparison.Ordinal) && !r.Contains('\\')))
                report("path needs 1 to 16 roots, each an absolute folder without '..'");
        }
        else if (!declaration.Roots.IsEmpty)
        {
            report("roots belongs to the detector path");
        }
    }

    public static void Name(string name, Action<string> report)
    {
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            report($"the name '{name}' is not 1 to 64 lower-case letters, digits and underscores, a letter first");
    }

    public static void Path(string path, Action<string> report)
    {
        if (!FactPath.IsValid(path))
            report($"'{path}' names no argument: member names with dots between levels, [] for every element");
    }

    public static void Coverage(ImmutableArray<string> tools, Action<string> report)
    {
        if (tools.IsDefault || tools.Length is 0 or > 64)
            report("tools names 1 to 64 tools");
        else
            foreach (var problem in tools.Select(FactCoverage.Problem).OfType<string>())
                report(problem);
    }
}
