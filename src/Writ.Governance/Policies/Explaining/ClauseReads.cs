using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Explaining;

/// <summary>What a clause looks at: the longest chains of attributes that start at a variable, and what stands there.</summary>
internal static class ClauseReads
{
    private const int MaxReads = 16;
    private const int MaxValue = 200;

    public static ImmutableArray<ReadValue> Of(Expr clause, Request request, EntityStore entities)
    {
        var reads = ImmutableArray.CreateBuilder<ReadValue>();
        var open = new Stack<Expr>([clause]);
        while (open.TryPop(out var next) && reads.Count < MaxReads)
        {
            if (IsPath(next))
            {
                Add(next.ToString(), Reference.ValueOf(next, request, entities, out _)?.ToString());
                continue;
            }

            if (next is HasExpr { Path: [var only], Target: var target } && IsPath(target))
            {
                var member = new AttributeExpr(target, only);
                Add(member.ToString(), Reference.ValueOf(member, request, entities, out _)?.ToString());
                continue;
            }

            foreach (var child in next.Children.Reverse())
                open.Push(child);
        }

        return reads.ToImmutable();

        void Add(string path, string? value)
        {
            if (!reads.Any(read => read.Path == path))
                reads.Add(new ReadValue(path, value is { Length: > MaxValue } ? value[..MaxValue] + "…" : value));
        }
    }

    /// <summary>A variable, or an attribute of a path. The action and the bare context say nothing that is not known.</summary>
    private static bool IsPath(Expr expr) => expr switch
    {
        AttributeExpr attribute => IsPath(attribute.Target),
        VariableExpr => true,
        _ => false,
    };
}
