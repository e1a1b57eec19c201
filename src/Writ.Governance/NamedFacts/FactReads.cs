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

    /// <summary>The facts that policies read: nobody is asked for another. All of them where a policy looks at them as a whole.</summary>
    public static FactDeclarations Needed(FactDeclarations declared, IReadOnlyCollection<Policy> policies)
    {
        if (declared.IsEmpty || policies.Any(LooksAtAll))
            return declared;
        var read = policies.SelectMany(policy => policy.Body.Expressions).Select(Read).ToHashSet();
        return new FactDeclarations(
            [.. declared.Derived.Where(d => read.Contains(("derived", d.Declaration.Name)))], [.. declared.Sources.Where(s => read.Contains(("facts", s.Name)))]);
    }

    /// <summary>Whether a policy uses the context, or a group of facts, other than for one attribute of it.</summary>
    private static bool LooksAtAll(Policy policy) => policy.Body.Expressions.Sum(expression => expression switch
    {
        VariableExpr { Variable: Variable.Context } => 1,
        AttributeExpr { Name: "derived" or "facts", Target: VariableExpr { Variable: Variable.Context } } => 0,
        AttributeExpr { Target: VariableExpr { Variable: Variable.Context } } => -1,
        HasExpr { Target: VariableExpr { Variable: Variable.Context } } => -1,
        _ when Read(expression).Group.Length > 0 => -1,
        _ => 0,
    }) > 0;

    private static (string Group, string Name) Read(Expr expression) => expression switch
    {
        AttributeExpr { Target: AttributeExpr { Name: "derived" or "facts", Target: VariableExpr { Variable: Variable.Context } } group } read => (group.Name, read.Name),
        HasExpr { Target: AttributeExpr { Name: "derived" or "facts", Target: VariableExpr { Variable: Variable.Context } } group, Path: [var name, ..] } => (group.Name, name),
        HasExpr { Target: VariableExpr { Variable: Variable.Context }, Path: ["derived" or "facts", var name, ..] path } => (path[0], name),
        _ => ("", ""),
    };
}
