using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>
/// Says when policies and conditions are true and when false, as formulas. What is not looked into becomes an opaque fact, so that the
/// formulas have every solution that the requests are, and perhaps more. Not thread safe.
/// </summary>
internal sealed class Translator(RequestSpace space)
{
    private readonly Negation _negation = new();
    private readonly OperandReader _operands = new(space);

    public Formula Of(Claim claim) => claim switch
    {
        Claim.Satisfied satisfied => Of(satisfied.Policy).True,
        Claim.Unsatisfied unsatisfied => Of(unsatisfied.Policy).False,
        Claim.Holds holds => Of(holds.Expression).True,
        Claim.All all => Formula.And(all.Claims.Select(Of)),
        Claim.Any any => Formula.Or(any.Claims.Select(Of)),
        Claim.Not not => _negation.Of(Of(not.Other)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Truth Of(Policy policy)
    {
        var truth = Scope(policy.Principal, Variable.Principal).And(Action(policy.Action)).And(Scope(policy.Resource, Variable.Resource));
        foreach (var condition in policy.Conditions)
        {
            var holds = Of(condition.Body);
            truth = truth.And(condition.Kind == ConditionKind.When ? holds : holds.Not());
        }

        return truth;
    }

    private Truth Scope(EntityScope scope, Variable variable)
    {
        var entity = new VariableExpr(variable);
        var truth = scope.Type is { } type ? Of(new IsExpr(entity, type, null)) : Truth.Always;
        if (scope.Target is not ScopeTarget.Entity target)
            return truth;
        var op = scope is EntityScope.Equal ? BinaryOperator.Equal : BinaryOperator.In;
        return truth.And(Of(new BinaryExpr(op, entity, new LiteralExpr(target.Uid))));
    }

    private Truth Action(ActionScope scope) => scope switch
    {
        ActionScope.Any => Truth.Always,
        ActionScope.Equal equal => Truth.Of(space.Action.Equals(equal.Action)),
        _ => scope.Actions.Select(group => Of(new BinaryExpr(BinaryOperator.In, new VariableExpr(Variable.Action), new LiteralExpr(group)))).Aggregate(Truth.Never, (some, next) => some.Or(next)),
    };

    private Truth Of(Expr expr)
    {
        switch (expr)
        {
            case BinaryExpr { Operator: BinaryOperator.And } and:
                return Of(and.Left).And(Of(and.Right));
            case BinaryExpr { Operator: BinaryOperator.Or } or:
                return Of(or.Left).Or(Of(or.Right));
            case UnaryExpr { Operator: UnaryOperator.Not } not:
                return Of(not.Operand).Not();
            case IfExpr choice:
                return Of(choice.Condition).Choose(Of(choice.Then), Of(choice.Else));
            case HasExpr has:
                return Has(has);
            case IsExpr type:
                return Is(type);
            case LikeExpr like:
                return _operands.Of(like.Target) switch
                {
                    Meaning.Known { Value: StringValue text } => Truth.Of(like.Pattern.Matches(text.Value)),
                    Meaning.Known or Meaning.Failing or Meaning.Shifted => Truth.Fails,
                    Meaning.Read read => Fork(wanted => new Fact.Like(read.Term, like.Pattern, wanted)),
                    _ => Hidden(expr),
                };
            case UnaryExpr { Operator: UnaryOperator.IsEmpty } empty:
                return _operands.Of(empty.Operand) is Meaning.Read place ? Fork(wanted => new Fact.Empty(place.Term, wanted)) : Hidden(expr);
            case BinaryExpr binary:
                return Binary(binary);
            case CallExpr call:
                return Call(call);
        }

        return _operands.Of(expr) switch
        {
            Meaning.Known { Value: BoolValue known } => Truth.Of(known.Value),
            Meaning.Known or Meaning.Failing or Meaning.Shifted => Truth.Fails,
            Meaning.Read read => new Truth(new Formula.Atom(new Fact.Is(read.Term, true, true)), new Formula.Atom(new Fact.Is(read.Term, false, true))),
            _ => Hidden(expr),
        };
    }

    private Truth Has(HasExpr has)
    {
        var truth = Truth.Always;
        var meaning = _operands.Of(has.Target);
        foreach (var name in has.Path)
        {
            switch (meaning)
            {
                case Meaning.Read read:
                    var member = _operands.Member(read.Term, name);
                    truth = truth.And(new Truth(Facts.Readable(member), Facts.Stands(member, Access.Absent)));
                    meaning = _operands.Place(member);
                    break;
                case Meaning.Known known when _operands.CanTell(known.Value):
                    if (Attributes.Has(known.Value, name, space.Entities, out _) is not { } found)
                        return truth.And(Truth.Fails);
                    if (!found)
                        return truth.And(Truth.Never);
                    meaning = new Meaning.Known(Attributes.Read(known.Value, name, space.Entities, out _)!);
                    break;
                default:
                    return Hidden(has);
            }
        }

        return truth;
    }

    private Truth Is(IsExpr type)
    {
        var truth = _operands.Of(type.Target) switch
        {
            Meaning.Known { Value: EntityValue entity } => Truth.Of(entity.Uid.Type.Equals(type.Type)),
            Meaning.Known or Meaning.Failing or Meaning.Shifted => Truth.Fails,
            Meaning.Read { Term: { Root: Variable.Principal, Parent: null } } => Truth.Of(space.Principal.Type.Equals(type.Type)),
            Meaning.Read read => Fork(wanted => new Fact.OfType(read.Term, type.Type, wanted)),
            _ => null,
        };
        if (truth is null)
            return Hidden(type);
        return type.Container is null ? truth : truth.And(Of(new BinaryExpr(BinaryOperator.In, type.Target, type.Container)));
    }

    private Truth Binary(BinaryExpr binary)
    {
        var (left, right) = (_operands.Of(binary.Left), _operands.Of(binary.Right));
        if (left is Meaning.Failing || right is Meaning.Failing)
            return Truth.Fails;
        if (left is Meaning.Known a && right is Meaning.Known b)
        {
            if (binary.Operator is (BinaryOperator.In or BinaryOperator.HasTag or BinaryOperator.GetTag) && a.Value is EntityValue entity && !a.Value.Equals(b.Value) && !_operands.IsListed(entity.Uid))
                return Hidden(binary);
            return Operators.Apply(binary.Operator, a.Value, b.Value, space.Entities, out _) is BoolValue known ? Truth.Of(known.Value) : Truth.Fails;
        }

        return (binary.Operator, left, right) switch
        {
            (BinaryOperator.NotEqual, _, _) => Binary(new BinaryExpr(BinaryOperator.Equal, binary.Left, binary.Right)).Not(),
            (BinaryOperator.Equal, Meaning.Read read, Meaning.Known known) => Fork(wanted => new Fact.Is(read.Term, known.Value, wanted)),
            (BinaryOperator.Equal, Meaning.Known known, Meaning.Read read) => Fork(wanted => new Fact.Is(read.Term, known.Value, wanted)),
            (BinaryOperator.Equal, Meaning.Read x, Meaning.Read y) => Fork(wanted => new Fact.Same(x.Term, y.Term, wanted)),
            (BinaryOperator.Less, _, _) => Order(binary, left, right, orEqual: false),
            (BinaryOperator.LessOrEqual, _, _) => Order(binary, left, right, orEqual: true),
            (BinaryOperator.Greater, _, _) => Order(binary, right, left, orEqual: false),
            (BinaryOperator.GreaterOrEqual, _, _) => Order(binary, right, left, orEqual: true),
            (BinaryOperator.In, Meaning.Read read, Meaning.Known known) => In(binary, read.Term, known.Value),
            (BinaryOperator.Contains, Meaning.Read read, Meaning.Known known) => Fork(wanted => new Fact.Contains(read.Term, known.Value, wanted)),
            (BinaryOperator.Contains, Meaning.Known { Value: SetValue set }, Meaning.Read read) => OneOf(read.Term, set),
            (BinaryOperator.ContainsAll, Meaning.Read read, Meaning.Known { Value: SetValue set }) => Each(read.Term, set),
            (BinaryOperator.ContainsAny, Meaning.Read read, Meaning.Known { Value: SetValue set }) => Some(read.Term, set),
            _ => Hidden(binary),
        };
    }

    private static Truth Order(Expr expr, Meaning low, Meaning high, bool orEqual)
    {
        switch (low, high)
        {
            case (Meaning.Known known, Meaning.Read or Meaning.Shifted):
                return Scale.Of(known.Value) is var (type, at) ? Split(high, type, orEqual ? at : at + 1, above: true) : Truth.Fails;
            case (Meaning.Read or Meaning.Shifted, Meaning.Known known):
                return Scale.Of(known.Value) is var (kind, limit) ? Split(low, kind, orEqual ? limit : limit - 1, above: false) : Truth.Fails;
            case (Meaning.Read x, Meaning.Read y):
                return new Truth(new Formula.Atom(new Fact.Less(x.Term, y.Term, orEqual)), new Formula.Atom(new Fact.Less(y.Term, x.Term, !orEqual)));
            default:
                return Hidden(expr);
        }
    }

    // From `at` upwards it is true and below false, or up to `at` it is true and beyond false.
    private static Truth Split(Meaning place, ValueTypes type, Int128 at, bool above)
    {
        var (term, by) = place is Meaning.Shifted shifted ? (shifted.Term, shifted.By) : (((Meaning.Read)place).Term, Int128.Zero);
        if (place is Meaning.Shifted && type != ValueTypes.Long)
            return Truth.Fails;

        // A sum that overflows fails.
        var (least, most) = (Int128.Max(long.MinValue, long.MinValue - by), Int128.Min(long.MaxValue, long.MaxValue - by));
        var upper = Facts.Between(term, type, Int128.Max(least, (above ? at : at + 1) - by), most);
        var lower = Facts.Between(term, type, least, Int128.Min(most, (above ? at - 1 : at) - by));
        return above ? new Truth(upper, lower) : new Truth(lower, upper);
    }

    private static Truth In(Expr expr, Term term, Value container)
    {
        if (container is EntityValue one)
            return Fork(wanted => new Fact.In(term, one.Uid, wanted));
        if (container is not SetValue set)
            return Truth.Fails;
        if (!set.Elements.All(element => element is EntityValue))
            return Truth.Fails;
        if (set.Elements.IsEmpty)
            return Hidden(expr);
        var members = set.Elements.Select(element => ((EntityValue)element).Uid).ToArray();
        return new Truth(
            Formula.Or(members.Select(member => new Formula.Atom(new Fact.In(term, member, true)))),
            Formula.And(members.Select(member => new Formula.Atom(new Fact.In(term, member, false)))));
    }

    private static Truth OneOf(Term term, SetValue set) => set.Elements.IsEmpty
        ? new Truth(Formula.False, Formula.And(Facts.Readable(term), new Formula.Atom(new Fact.PoisonWithin(term, false))))
        : new Truth(
            Formula.Or(set.Elements.Select(element => new Formula.Atom(new Fact.Is(term, element, true)))),
            Formula.And(set.Elements.Select(element => new Formula.Atom(new Fact.Is(term, element, false)))));

    private static Truth Each(Term term, SetValue set) => set.Elements.IsEmpty
        ? new Truth(Clean(term), Formula.False)
        : set.Elements.Select(element => Fork(wanted => new Fact.Contains(term, element, wanted))).Aggregate(Both);

    private static Truth Some(Term term, SetValue set) => set.Elements.IsEmpty
        ? new Truth(Formula.False, Clean(term))
        : set.Elements.Select(element => Fork(wanted => new Fact.Contains(term, element, !wanted))).Aggregate(Both).Not();

    private static Truth Both(Truth a, Truth b) => new(Formula.And(a.True, b.True), Formula.Or(a.False, b.False));

    private static Formula Clean(Term term) => Formula.And(Facts.Typed(term, ValueTypes.Set), new Formula.Atom(new Fact.PoisonWithin(term, false)));

    private Truth Call(CallExpr call)
    {
        if (call is { Function.Name: var name, Arguments: [var first, var second] })
        {
            var (left, right) = (_operands.Of(first), _operands.Of(second));
            bool IsDecimal(Meaning meaning) => meaning is Meaning.Read || meaning is Meaning.Known { Value: DecimalValue };
            if (IsDecimal(left) && IsDecimal(right) && (left is Meaning.Known || right is Meaning.Known) && !(left is Meaning.Known && right is Meaning.Known))
            {
                switch (name)
                {
                    case "lessThan":
                        return Order(call, left, right, orEqual: false);
                    case "lessThanOrEqual":
                        return Order(call, left, right, orEqual: true);
                    case "greaterThan":
                        return Order(call, right, left, orEqual: false);
                    case "greaterThanOrEqual":
                        return Order(call, right, left, orEqual: true);
                }
            }
        }

        return _operands.Of(call) switch
        {
            Meaning.Known { Value: BoolValue known } => Truth.Of(known.Value),
            Meaning.Known or Meaning.Failing => Truth.Fails,
            _ => Hidden(call),
        };
    }

    private static Truth Fork(Func<bool, Fact> fact) => new(new Formula.Atom(fact(true)), new Formula.Atom(fact(false)));

    private static Truth Hidden(Expr expr) => new(Facts.Opaque(expr, Answers.True), Facts.Opaque(expr, Answers.False));
}
