using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Schemas;
using Writ.Cedar.Values;

namespace Writ.Cedar.Validation.Typing;

/// <summary>The operators of two operands.</summary>
internal sealed partial class TypeChecker
{
    private Answer Binary(ImmutableHashSet<Capability> known, BinaryExpr expr) => expr.Operator switch
    {
        BinaryOperator.Equal => Equal(known, expr),
        BinaryOperator.NotEqual => Equal(known, expr) is var equal && equal.Type is Ty.Bool { Value: { } value } ? equal with { Type = Ty.Of(!value) } : equal,
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => Order(known, expr),
        BinaryOperator.In => In(known, expr.Left, expr.Right),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply =>
            Answer.Right(Ty.Integer).After(Expect(known, expr.Left, Expectation.Long)).After(Expect(known, expr.Right, Expectation.Long)),
        BinaryOperator.Contains => Contains(known, expr),
        BinaryOperator.ContainsAll or BinaryOperator.ContainsAny => ContainsAll(known, expr),
        BinaryOperator.HasTag => HasTag(known, expr),
        BinaryOperator.GetTag => GetTag(known, expr),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Answer Equal(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var left = Check(known, expr.Left);
        var right = Check(known, expr.Right);
        var type = Ty.AnyBool;
        if (left.Type is Ty.Entity one && right.Type is Ty.Entity other && !one.Names.Overlaps(other.Names))
            type = Ty.False;
        else if (Constant(expr.Left) is { } first && Constant(expr.Right) is { } second)
            type = Ty.Of(first.Equals(second));
        return (type == Ty.AnyBool ? Meet(expr, left.Type, right.Type) : Answer.Right(type)).After(left).After(right);
    }

    // In strict mode, what is compared must be of types that meet.
    private Answer Meet(Expr expr, Ty? left, Ty? right)
    {
        if (!isStrict || left is null || right is null || relations.Join(left, right) is not null)
            return Answer.Right(Ty.AnyBool);
        report(FindingKind.IncompatibleTypes, expr.Position, $"{left} and {right} are never equal, and are not compared");
        return Answer.Wrong(Ty.AnyBool);
    }

    private Answer Order(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var left = Check(known, expr.Left);
        var right = Check(known, expr.Right);
        if (left.Type is null || right.Type is null)
            return Answer.Wrong(Ty.AnyBool);
        if (HasOrder(left.Type) && HasOrder(right.Type) && (left.Type.Equals(right.Type) || left.Type is Ty.Any || right.Type is Ty.Any))
            return Answer.Right(Ty.AnyBool).After(left).After(right);
        var wrong = HasOrder(left.Type) ? expr.Right : expr.Left;
        report(FindingKind.WrongType, wrong.Position, $"order is defined between two Long, two datetime or two duration, not between {left.Type} and {right.Type}");
        return Answer.Wrong(Ty.AnyBool);
    }

    private static bool HasOrder(Ty type) => type is Ty.Any or Ty.Long or Ty.Extension { Kind: ExtensionType.Datetime or ExtensionType.Duration };

    private Answer Contains(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var set = Expect(known, expr.Left, Expectation.Set);
        var element = Check(known, expr.Right);
        return Meet(expr, (set.Type as Ty.Set)?.Element, element.Type).After(set).After(element);
    }

    private Answer ContainsAll(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var left = Expect(known, expr.Left, Expectation.Set);
        var right = Expect(known, expr.Right, Expectation.Set);
        return Meet(expr, left.Type, right.Type).After(left).After(right);
    }

    private Answer Is(ImmutableHashSet<Capability> known, IsExpr expr)
    {
        var target = Expect(known, expr.Target, Expectation.Entity);
        var answer = target.Type is not Ty.Entity entity
            ? Answer.Wrong(Ty.AnyBool)
            : Answer.Right(!entity.Names.Contains(expr.Type) ? Ty.False : entity.Names.Count == 1 ? Ty.True : Ty.AnyBool).After(target);
        return expr.Container is null ? answer : And(answer, known, (given, container) => In(given, expr.Target, container), expr.Container);
    }

    private Answer In(ImmutableHashSet<Capability> known, Expr member, Expr container)
    {
        var left = Expect(known, member, Expectation.Entity);
        var right = Expect(known, container, Expectation.EntityOrEntities);
        left = LookInto(left, member);
        if (!left.IsRight || !right.IsRight)
            return Answer.Wrong(Ty.AnyBool);
        if (Constant(member) is EntityValue { Uid: { Type.IsAction: true } action } && Constants(container) is { } groups)
            return Answer.Right(Ty.Of(groups.Any(group => IsIn(action, group))));
        var containers = right.Type is Ty.Set set ? set.Element : right.Type;
        return Answer.Right(left.Type is Ty.Entity one && containers is Ty.Entity other && !types.CanBeIn(one, other) ? Ty.False : Ty.AnyBool);
    }

    private bool IsIn(EntityUid action, EntityUid group) =>
        group.Type.IsAction && (action.Equals(group) || (types.Schema.Actions.TryGetValue(action, out var declared) && declared.Ancestors.Contains(group)));

    // The value of a literal, and of the variable `action`, which each kind of request fixes.
    private Value? Constant(Expr expr) => expr switch
    {
        LiteralExpr literal => literal.Value,
        VariableExpr { Variable: Expressions.Variable.Action } => new EntityValue(request.Action.Uid),
        _ => null,
    };

    private List<EntityUid>? Constants(Expr expr)
    {
        if (Constant(expr) is EntityValue single)
            return [single.Uid];
        if (expr is not SetExpr set)
            return null;
        var uids = set.Elements.Select(element => (Constant(element) as EntityValue)?.Uid).OfType<EntityUid>().ToList();
        return uids.Count == set.Elements.Length ? uids : null;
    }
}
