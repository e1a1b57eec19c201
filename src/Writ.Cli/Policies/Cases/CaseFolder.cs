using System.Collections.Immutable;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies.Cases;

/// <summary>Finds and reads the files of cases of a bundle.</summary>
internal static class CaseFolder
{
    /// <summary>The case sets, in the order of their names; or what is wrong, all of it.</summary>
    /// <param name="folder">The folder of the bundle; its cases are <c>tests/*.yaml</c>.</param>
    /// <param name="files">Other files of cases instead; empty for those of the folder.</param>
    /// <param name="bundle">The bundle's name.</param>
    public static (ImmutableArray<CaseSet> Sets, Trouble? Trouble) Read(string folder, IReadOnlyCollection<string> files, string bundle)
    {
        var tests = Path.Combine(folder, "tests");
        var paths = files.Count > 0 ? files : Directory.Exists(tests) ? [.. Directory.EnumerateFiles(tests, "*.yaml").Order(StringComparer.Ordinal)] : [];
        if (paths.Count == 0)
            return ([], new Trouble(ExitCode.BadInput, $"{folder} has no tests/*.yaml") { Advice = "Write cases beside the bundle; docs/policy-testing.md says how." });

        List<PolicyProblem> problems = [];
        var sets = paths.Select(path => CaseFile.Read(path, bundle, problems)).OfType<CaseSet>().ToImmutableArray();
        return problems.Count == 0 ? (sets, null) : ([], Trouble(problems));
    }

    /// <summary>What is wrong with files of cases, as a command says it.</summary>
    public static Trouble Trouble(IReadOnlyCollection<PolicyProblem> problems) =>
        new(ExitCode.BadInput, problems.Count == 1 ? "a case file has a problem" : $"the case files have {problems.Count} problems")
        {
            Spots = [.. problems.Select(p => new TroubleSpot(p.File, p.Line, p.Column, p.Message))],
        };
}
