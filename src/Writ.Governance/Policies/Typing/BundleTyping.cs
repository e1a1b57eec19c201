using System.Collections.Immutable;
using Writ.Cedar;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Validation;
using Writ.Governance.NamedFacts;
using Writ.Governance.Policies.Linting;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Typing;

/// <summary>
/// Whether the rules of a bundle fit the vocabulary and the tools there are: strict validation, where each rule is checked for every tool
/// that its scope covers. What fits cannot fail in a decision, but for a value that no schema types, an argument that has no Cedar value,
/// and a number out of range.
/// </summary>
internal static class BundleTyping
{
    /// <summary>How many entities may be looked into one behind another: Writ brings the agent and the tool, and none behind them.</summary>
    private const int MaxLevel = 1;

    /// <summary>Everything that does not fit; each place once.</summary>
    /// <param name="rules">The rules of one bundle.</param>
    /// <param name="facts">The facts that the bundle declares: a rule reads one only for tools that it is made for.</param>
    /// <param name="servers">The servers there are. A rule about tools of other servers is held to what can be known without them.</param>
    public static IEnumerable<PolicyProblem> Problems(IReadOnlyCollection<RuledPolicy> rules, FactDeclarations facts, IReadOnlyCollection<Server> servers)
    {
        var policies = rules.Select(rule => rule.Policy).ToArray();
        var assumed = AssumedTools.In(policies, servers);
        return Errors(policies, servers, assumed, facts)
            .GroupBy(finding => (finding.Policy, finding.Diagnostic.Position))
            .Select(same => Problem([.. same], assumed))
            .Concat(policies.SelectMany(Faults));
    }

    /// <summary>Why tools that come do not fit the rules of bundles that are active: by their names, the first place of each that does not.</summary>
    /// <param name="bundles">The bundles.</param>
    /// <param name="server">The server, with the tools in question among its own.</param>
    public static ImmutableDictionary<string, string> Misfits(IEnumerable<PublishedBundle> bundles, Server server)
    {
        var compiled = bundles.Select(bundle => BundleCompilation.Of(bundle.Archive)).ToArray();
        var policies = compiled.SelectMany(bundle => bundle.Policies).Select(rule => rule.Policy).ToArray();
        var facts = FactDeclarations.Join(compiled.Select(bundle => bundle.Facts), out _);
        return Errors(policies, [server], AssumedTools.In(policies, [server], mayMissing: true), facts)
            .SelectMany(finding => finding.Actions.Select(action => (Action: action.Id, Finding: finding)))
            .GroupBy(found => found.Action, StringComparer.Ordinal)
            .ToImmutableDictionary(tool => tool.Key, tool => $"the rule {tool.First().Finding.Policy} does not fit it: {tool.First().Finding.Diagnostic}", StringComparer.Ordinal);
    }

    /// <summary>The rules that no call of any tool in their scope can satisfy, whatever it says.</summary>
    public static ImmutableHashSet<PolicyId> Impossible(IReadOnlyCollection<RuledPolicy> rules, FactDeclarations facts, IReadOnlyCollection<Server> servers)
    {
        var policies = rules.Select(rule => rule.Policy).ToArray();
        return [.. Find(policies, servers, AssumedTools.In(policies, servers), facts).Where(finding => finding.Kind == FindingKind.Impossible).Select(finding => finding.Policy).OfType<PolicyId>()];
    }

    private static IEnumerable<Finding> Errors(IReadOnlyCollection<Policy> policies, IReadOnlyCollection<Server> servers, AssumedTools assumed, FactDeclarations facts) =>
        Find(policies, servers, assumed, facts).Where(finding => finding.Severity == Severity.Error);

    private static ImmutableArray<Finding> Find(IReadOnlyCollection<Policy> policies, IReadOnlyCollection<Server> servers, AssumedTools assumed, FactDeclarations facts)
    {
        if (!PolicySet.Create(policies).TryGet(out var set, out _))
            return [];
        var schema = VocabularySchema.Resolve(VocabularySchema.Of(servers, assumed, facts));
        return new Validator(schema).Validate(set, ValidationMode.Strict, MaxLevel);
    }

    private static PolicyProblem Problem(IReadOnlyList<Finding> same, AssumedTools assumed)
    {
        var (first, at) = (same[0], same[0].Diagnostic);
        var tools = same.SelectMany(finding => finding.Actions).Select(action => action.Id).Distinct().Where(action => !assumed.Contains(action)).ToArray();
        var where = tools switch
        {
            [] => "",
            [var only] => $" (in a call of {only["tool/".Length..]})",
            _ => $" (in a call of {tools[0]["tool/".Length..]}, and {tools.Length - 1} more)",
        };
        return new PolicyProblem(at.SourceName, at.Line, at.Column, first.Diagnostic.Message + where);
    }

    // A forbid for everything that fails denies everything, so that it must not be able to.
    private static IEnumerable<PolicyProblem> Faults(Policy policy)
    {
        if (policy.Effect != Effect.Forbid || policy.Principal.Target is not null || policy.Resource.Target is not null || !ScopeOrder.IsEverything(policy.Action))
            return [];
        return from expr in policy.Body.Expressions
               let what = expr switch
               {
                   BinaryExpr { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } => "a sum, difference or product can exceed 64 bits",
                   UnaryExpr { Operator: UnaryOperator.Negate } => "the least number has no negative",
                   CallExpr { Function.Name: "offset" or "durationSince" } => "a time can be out of range",
                   _ => null,
               }
               where what is not null
               select At(policy, expr.Position, $"{what}: a forbid for everything that fails denies everything; narrow its scope, or compare without arithmetic");
    }

    private static PolicyProblem At(Policy policy, SourcePosition position, string message) =>
        new(policy.Body.SourceName, position.IsKnown ? position.Line : policy.Body.Position.Line, position.IsKnown ? position.Column : policy.Body.Position.Column, message);
}
