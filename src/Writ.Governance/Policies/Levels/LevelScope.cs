using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;

namespace Writ.Governance.Policies.Levels;

/// <summary>
/// Makes the level of a bundle part of each of its rules, so that whatever evaluates, explains or proves a rule sees it. What is added
/// cannot fail, and stands first: a rule that fails does so only for those for whom it holds.
/// </summary>
internal static class LevelScope
{
    /// <summary>The rule, only for those for whom its bundle holds.</summary>
    public static PolicyBody For(BundleHolder holder, PolicyBody body) => holder switch
    {
        BundleHolder.OneTeam team => Conjoin(
            body, Vocabulary.Team(team.Team),
            target => body.Principal is EntityScope.Is { Type: var type } ? new EntityScope.IsIn(type, target) : new EntityScope.In(target), BinaryOperator.In),
        BundleHolder.OneAgent agent => Conjoin(body, Vocabulary.Agent(agent.Agent), target => new EntityScope.Equal(target), BinaryOperator.Equal),
        _ => body,
    };

    /// <summary>The rule, only where this holds too.</summary>
    public static PolicyBody Where(PolicyBody body, Expr condition) =>
        body with { Conditions = [new Condition(ConditionKind.When, condition with { Position = body.Position }), .. body.Conditions] };

    public static Expr PrincipalIn(EntityUid container) => new BinaryExpr(BinaryOperator.In, new VariableExpr(Variable.Principal), new LiteralExpr(new Cedar.Values.EntityValue(container)));

    public static Expr ActionIn(IEnumerable<string> actions) => new BinaryExpr(
        BinaryOperator.In, new VariableExpr(Variable.Action),
        new SetExpr([.. actions.Select(name => new LiteralExpr(new Cedar.Values.EntityValue(Vocabulary.Action(name))))]));

    /// <summary>In the scope where it has room, which is what the index looks at; otherwise as the first condition.</summary>
    private static PolicyBody Conjoin(PolicyBody body, EntityUid target, Func<EntityUid, EntityScope> narrowed, BinaryOperator compared) =>
        body.Principal is EntityScope.Any || (body.Principal is EntityScope.Is { Type: var type } && (compared == BinaryOperator.In || type.Equals(target.Type)))
            ? body with { Principal = narrowed(target) }
            : Where(body, new BinaryExpr(compared, new VariableExpr(Variable.Principal), new LiteralExpr(new Cedar.Values.EntityValue(target))));
}
