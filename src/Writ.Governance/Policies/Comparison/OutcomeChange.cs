using System.Collections.Immutable;

namespace Writ.Governance.Policies.Comparison;

/// <summary>One request that has another outcome under the one policy than under the other.</summary>
/// <param name="Origin">Where it comes from: a run of a trace file, or a case.</param>
/// <param name="Action">The call, as <c>server/tool</c>.</param>
/// <param name="Arguments">What it was made with, as JSON, cut at 400 characters; the agent's own words.</param>
/// <param name="RulesBefore">The rules that decided before, sorted.</param>
/// <param name="RulesAfter">The rules that decide after, sorted.</param>
public sealed record OutcomeChange(string Origin, string Action, string Arguments, ImmutableArray<string> RulesBefore, ImmutableArray<string> RulesAfter)
{
    private const int MaxArguments = 400;

    /// <summary>Arguments as an example shows them.</summary>
    public static string Cut(string arguments) => arguments.Length > MaxArguments ? arguments[..MaxArguments] + "…" : arguments;
}
