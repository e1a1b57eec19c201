using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Governance.People;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Linting;

/// <summary>What the checks look at.</summary>
/// <param name="Rules">The rules of the bundle, in the order of the text.</param>
/// <param name="Tools">The tools that can be called; empty where none are known, and nothing is then said of tools.</param>
/// <param name="Entities">Those tools with their servers and groups.</param>
/// <param name="People">Those who could approve; null where that is not known.</param>
internal sealed record LintSubject(ImmutableArray<RuledPolicy> Rules, ImmutableArray<Tool> Tools, EntityStore Entities, ImmutableArray<Person>? People)
{
    /// <summary>The rules that validation tells can never be satisfied.</summary>
    public ImmutableHashSet<PolicyId> Impossible { get; init; } = [];

    /// <summary>The tools that a rule's scope covers.</summary>
    public IEnumerable<Tool> ToolsOf(RuledPolicy rule) => Tools.Where(tool =>
        ScopeMatch.Covers(rule.Policy.Action, Vocabulary.Action(tool.ActionName), Entities)
        && ScopeMatch.Covers(rule.Policy.Resource, Vocabulary.Tool(tool.Server, tool.Name), Entities));
}
