using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Authoring.Conditions;

/// <summary>The names of Writ's own facts in conditions, each for one place of the vocabulary. What an agent sends has none of them.</summary>
internal static class FactAliases
{
    private static readonly Expr Context = new VariableExpr(Variable.Context);
    private static readonly Expr Principal = new VariableExpr(Variable.Principal);
    private static readonly Expr Resource = new VariableExpr(Variable.Resource);

    private static readonly ImmutableSortedDictionary<string, (Expr Place, TermType Type)> Known =
        new Dictionary<string, (Expr, TermType)>
        {
            ["args"] = (Of(Context, "args"), TermType.Record),
            ["asserted"] = (Of(Context, "asserted"), TermType.Record),
            ["agent"] = (Of(Principal, "name"), TermType.Text),
            ["agent.autonomy"] = (Of(Principal, "autonomy"), TermType.Whole),
            ["agent.domain"] = (Of(Principal, "domain"), TermType.Text),
            ["agent.model"] = (Of(Principal, "model"), TermType.Text),
            ["agent.name"] = (Of(Principal, "name"), TermType.Text),
            ["agent.ring"] = (Of(Principal, "ring"), TermType.Whole),
            ["agent.risk"] = (Of(Principal, "risk"), TermType.Whole),
            ["agent.trust"] = (Of(Principal, "trust"), TermType.Whole),
            ["agent.version"] = (Of(Principal, "version"), TermType.Text),
            ["agent.visibility"] = (Of(Principal, "visibility"), TermType.Text),
            ["assurance"] = (Of(Context, "assurance"), TermType.Text),
            ["capability"] = (Of(Context, "capability"), TermType.Text),
            ["chain.depth"] = (Of(Of(Context, "chain"), "depth"), TermType.Whole),
            ["data_classes"] = (Of(Resource, "data_classes"), TermType.Texts),
            ["derived"] = (Of(Context, "derived"), TermType.Record),
            ["domain"] = (Of(Resource, "domain"), TermType.Text),
            ["effect"] = (Of(Resource, "effect"), TermType.Text),
            ["env"] = (Of(Context, "environment"), TermType.Text),
            ["environment"] = (Of(Context, "environment"), TermType.Text),
            ["facts"] = (Of(Context, "facts"), TermType.Record),
            ["purpose"] = (Of(Of(Context, "task"), "purpose"), TermType.Text),
            ["reversible"] = (Of(Resource, "reversible"), TermType.Truth),
            ["risk_tags"] = (Of(Context, "risk_tags"), TermType.Texts),
            ["task.implicit"] = (Of(Of(Context, "task"), "implicit"), TermType.Truth),
            ["tool"] = (Of(Resource, "name"), TermType.Text),
            ["untrusted_results"] = (Of(Resource, "untrusted_results"), TermType.Truth),
            ["workflow"] = (Of(Of(Context, "task"), "workflow"), TermType.Text),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Every name, for error messages and documents.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The term of a path such as <c>env</c> or <c>args.order.total</c>; null where no fact has that name.</summary>
    public static Term? Find(IReadOnlyList<string> path, int at)
    {
        if (Known.TryGetValue(string.Join('.', path), out var whole))
            return new Term(whole.Place, whole.Type, at);
        return path is ["args" or "asserted" or "derived" or "facts", ..]
            ? new Term(path.Skip(1).Aggregate(Known[path[0]].Place, Of), TermType.Any, at)
            : null;
    }

    private static Expr Of(Expr target, string name) => new AttributeExpr(target, name);
}
