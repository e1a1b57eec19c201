using System.Globalization;
using Writ.Cedar;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Governance.Policies.Authoring;

/// <summary>
/// The YAML files of a bundle and the Cedar beside each. An archive holds both and its digest covers both; the Cedar decides, so that a
/// record means the same under a later compiler, and a publish proves that it is what the YAML compiles to.
/// </summary>
internal static class CompiledForms
{
    /// <summary>Stands before the place in the YAML that the Cedar below it comes from.</summary>
    public const string PlaceMark = "// from ";

    /// <summary>Whether a file of an archive is YAML, which people edit and nothing decides by.</summary>
    public static bool IsSource(BundleFile file) => file.Path.EndsWith(PolicyForm.Extension, StringComparison.Ordinal);

    /// <summary>What is wrong with the pairs of an archive: Cedar that is not of its YAML, or YAML without Cedar.</summary>
    public static IEnumerable<PolicyProblem> Mismatches(BundleArchive archive)
    {
        foreach (var twice in archive.Files.GroupBy(file => file.Path, StringComparer.Ordinal).Where(files => files.Count() > 1))
            yield return new PolicyProblem(twice.Key, 0, 0, "is there twice");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in archive.Files.Where(IsSource))
        {
            var form = PolicyForm.Compile(source.Path, source.Text);
            foreach (var problem in form.Problems)
                yield return problem;
            if (!form.Problems.IsEmpty)
                continue;
            if (!names.TryAdd(form.Name, source.Path))
                yield return new PolicyProblem(source.Path, 0, 0, $"'name': {names[form.Name]} has the name '{form.Name}' already");
            if (archive.Files.FirstOrDefault(f => f.Path == source.Path + PolicyForm.CompiledSuffix)?.Text != form.Cedar)
                yield return new PolicyProblem(source.Path, 0, 0, $"{source.Path}{PolicyForm.CompiledSuffix} is not what this file compiles to; publish the folder with `writ policy publish`");
        }

        foreach (var compiled in archive.Files.Where(f => f.Path.EndsWith(PolicyForm.Extension + PolicyForm.CompiledSuffix, StringComparison.Ordinal)))
        {
            if (!archive.Files.Any(f => f.Path + PolicyForm.CompiledSuffix == compiled.Path))
                yield return new PolicyProblem(compiled.Path, 0, 0, "a file of this name is compiled from YAML, and there is none beside it");
        }
    }

    /// <summary>What is wrong with Cedar that was just compiled, as problems of the YAML.</summary>
    public static IEnumerable<PolicyProblem> Check(string path, string cedar)
    {
        if (!PolicySet.Parse(cedar, new ParseOptions { SourceName = path }).TryGet(out var set, out var diagnostics))
        {
            foreach (var diagnostic in diagnostics)
                yield return ToSource(new PolicyProblem(path + PolicyForm.CompiledSuffix, diagnostic.Line, diagnostic.Column, diagnostic.Message), cedar);
            yield break;
        }

        foreach (var policy in set.Policies)
        {
            var problems = new List<string>();
            var annotations = policy.Annotations.ToDictionary(a => a.Key, a => a.Value ?? "", StringComparer.Ordinal);
            DischargeReader.Read(annotations["id"], policy.Effect == Effect.Forbid, BundleTier.Soft, annotations, problems.Add);
            foreach (var problem in problems)
                yield return ToSource(new PolicyProblem(path + PolicyForm.CompiledSuffix, policy.Body.Position.Line, policy.Body.Position.Column, problem), cedar);
        }
    }

    /// <summary>The problem where the YAML has it, if it is one of Cedar that was compiled; itself otherwise.</summary>
    public static PolicyProblem ToSource(PolicyProblem problem, string cedar)
    {
        if (!problem.File.EndsWith(PolicyForm.Extension + PolicyForm.CompiledSuffix, StringComparison.Ordinal))
            return problem;
        var mark = cedar.Split('\n').Take(Math.Max(0, problem.Line)).LastOrDefault(line => line.StartsWith(PlaceMark, StringComparison.Ordinal));
        var parts = mark?[PlaceMark.Length..].Split(':');
        return parts is [.., var line, var column] && int.TryParse(line, NumberStyles.None, null, out var row) && int.TryParse(column, NumberStyles.None, null, out var place)
            ? problem with { File = problem.File[..^PolicyForm.CompiledSuffix.Length], Line = row, Column = place }
            : problem;
    }
}
