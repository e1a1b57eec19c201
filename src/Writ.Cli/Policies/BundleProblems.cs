using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary>What is wrong with a bundle, as a command says it: places are given so that an editor finds them.</summary>
internal static class BundleProblems
{
    public static Trouble Of(string folder, IReadOnlyCollection<PolicyProblem> problems) =>
        new(ExitCode.BadInput, problems.Count == 1 ? $"{folder} has a problem" : $"{folder} has {problems.Count} problems")
        {
            Spots = [.. problems.Select(p => new TroubleSpot(p.File == folder ? folder : Path.Combine(folder, p.File), p.Line, p.Column, p.Message))],
        };
}
