using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;

namespace Writ.Governance.Policies.Typing;

/// <summary>
/// The type of the arguments of a tool that nobody described, as policies take them: what they read is there, unless they ask for it
/// first, and is of whatever type they use.
/// </summary>
internal static class AssumedArguments
{
    public static TypeSyntax In(IEnumerable<Policy> policies)
    {
        var root = new Place();
        foreach (var expr in policies.SelectMany(policy => policy.Body.Expressions))
        {
            if (expr is AttributeExpr attribute && Find(root, attribute.Target) is { } read)
                read.Member(attribute.Name);
            else if (expr is HasExpr has && Find(root, has.Target) is { } asked)
                Ask(asked, has.Path);
        }

        return root.Type(isRoot: true);
    }

    private static void Ask(Place place, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            place = place.Member(name);
            place.IsAskedFor = true;
        }
    }

    // The place of `context.args`, or of something below it; null for any other expression. A chain is as long as an expression is high.
    private static Place? Find(Place root, Expr expr)
    {
        var names = new Stack<string>();
        while (expr is AttributeExpr { Target: var target, Name: var name })
        {
            if (name == "args" && target is VariableExpr { Variable: Variable.Context })
                return names.Aggregate(root, (place, next) => place.Member(next));
            names.Push(name);
            expr = target;
        }

        return null;
    }

    private sealed class Place
    {
        private readonly SortedDictionary<string, Place> _members = new(StringComparer.Ordinal);

        public bool IsAskedFor { get; set; }

        public Place Member(string name) => _members.TryGetValue(name, out var known) ? known : _members[name] = new Place();

        public TypeSyntax Type(bool isRoot = false) => _members.Count == 0 && !isRoot
            ? new TypeSyntax.Any()
            : new TypeSyntax.RecordOf([.. _members.Select(member => new AttributeDeclaration { Name = member.Key, Type = member.Value.Type(), IsRequired = !member.Value.IsAskedFor })]) { IsOpen = true };
    }
}
