using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests;

/// <summary>Short ways for tests to say policies, entities and requests, and to ask what an expression evaluates to.</summary>
internal static class Cedar
{
    public static readonly EntityUid Alice = new("User", "alice");
    public static readonly EntityUid View = new("Action", "view");
    public static readonly EntityUid Photo = new("Photo", "p1");

    public static PolicySet Policies(string text, ParseOptions? options = null) =>
        PolicySet.Parse(text, options).TryGet(out var set, out var problems) ? set : throw new InvalidOperationException(string.Join('\n', problems));

    public static Schema Schema(string text) =>
        Writ.Cedar.Schemas.Schema.Parse(text).TryGet(out var schema, out var problems) ? schema : throw new InvalidOperationException(string.Join('\n', problems));

    public static Expr Expression(string text) =>
        PolicyParser.ParseExpression(text, ParseOptions.Default).TryGet(out var expr, out var problems) ? expr : throw new InvalidOperationException(string.Join('\n', problems));

    public static EntityStore Store(params Entity[] entities) =>
        EntityStore.Create(entities).TryGet(out var store, out var reason) ? store : throw new InvalidOperationException(reason);

    public static Request Request(RecordValue? context = null) => new(Alice, View, Photo, context);

    public static Evaluation Evaluate(string policies, RecordValue? context = null, EntityStore? store = null) =>
        Reference.Evaluate(Policies(policies), Request(context), store ?? EntityStore.Empty);

    /// <summary>What an expression evaluates to: the value in Cedar's syntax, or <c>error:</c> and the kind.</summary>
    public static string Result(string expression, RecordValue? context = null, EntityStore? store = null)
    {
        var evaluator = new ExprEvaluator(Request(context), store ?? EntityStore.Empty);
        return evaluator.Evaluate(Expression(expression))?.ToString() ?? "error:" + evaluator.TakeFault().Fault.Kind;
    }

    /// <summary>The one diagnostic of a source that must be refused.</summary>
    public static Diagnostic Refusal(string policies, ParseOptions? options = null) =>
        Assert.Single(Assert.IsType<ParseResult<PolicySet>.Failure>(PolicySet.Parse(policies, options)).Diagnostics);
}
