using Writ.Governance.NamedFacts;

namespace Writ.Governance.Policies.Linting;

/// <summary>Facts that a bundle declares and does not use. Another bundle that reads one has to declare it as well.</summary>
internal static class FactChecks
{
    public static IEnumerable<LintFinding> Find(LintSubject subject, FactDeclarations declared)
    {
        var read = FactReads.Needed(declared, [.. subject.Rules.Select(rule => rule.Policy)]);
        return declared.Derived.Except(read.Derived).Select(fact => $"context.derived.{fact.Declaration.Name}")
            .Concat(declared.Sources.Except(read.Sources).Select(source => $"context.facts.{source.Name}"))
            .Select(name => new LintFinding("unread-fact", LintSeverity.Warning, "", FactFile.Name, 0, 0, $"no rule reads {name}: leave it out, or let a rule read it"));
    }
}
