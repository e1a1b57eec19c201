using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Governance.NamedFacts;

/// <summary>Which named facts a policy reads; one that no bundle of its own declares would fail on every call.</summary>
internal static class FactReads
{
    /// <summary>Says what a policy reads that its bundle does not declare.</summary>
    public static void Check(Policy policy, FactDeclarations declared, Action<string> report)
    {
        var derived = declared.Derived.Select(d => d.Declaration.Name).ToHashSet(StringComparer.Ordinal);
        var sources = declared.Sources.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (group, name) in policy.Body.Expressions.Select(Read).Where(r => r.Group.Length > 0).Distinct())
        {
            if (!(group == "derived" ? derived : sources).Contains(name))
                report($"reads context.{group}.{name}, which {FactFile.Name} of this bundle does not declare");
        }
    }

    private static (string Group, string Name) Read(Expr expression) => expression switch
    {
        AttributeExpr { Target: AttributeExpr { Name: "derived" or "facts", Target: VariableExpr { Variable: Variable.Context } } group } read => (group.Name, read.Name),
        HasExpr { Target: AttributeExpr { Name: "derived" or "facts", Target: VariableExpr { Variable: Variable.Context } } group, Path: [var name, ..] } => (group.Name, name),
        HasExpr { Target: VariableExpr { Variable: Variable.Context }, Path: ["derived" or "facts", var name, ..] path } => (path[0], name),
        _ => ("", ""),
    };
}
