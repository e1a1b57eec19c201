using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Validation.Typing;

/// <summary>
/// Finds the type of expressions for one kind of request, and reports faults. What Cedar would not evaluate is not looked at: the right
/// of a false <c>&amp;&amp;</c>, the branch of a decided <c>if</c>.
/// </summary>
internal sealed partial class TypeChecker(SchemaTypes types, TypeRelations relations, bool isStrict, int? maxLevel, Effort effort, RequestKind request, Action<FindingKind, SourcePosition, string> report)
{
    public Answer Check(ImmutableHashSet<Capability> known, Expr expr)
    {
        // To look a capability up takes time with the height of what has it.
        if (!effort.Spend(expr is AttributeExpr or HasExpr or BinaryExpr { Operator: BinaryOperator.HasTag or BinaryOperator.GetTag } ? expr.Height : 1))
            return Answer.Wrong();
        return expr switch
        {
            LiteralExpr literal => Literal(literal.Value),
            VariableExpr variable => Answer.Right(Variable(variable.Variable)),
            UnaryExpr unary => Unary(known, unary),
            BinaryExpr { Operator: BinaryOperator.And } and => And(Expect(known, and.Left, Expectation.Bool), known, (given, right) => Expect(given, right, Expectation.Bool), and.Right),
            BinaryExpr { Operator: BinaryOperator.Or } or => Or(known, or),
            BinaryExpr binary => Binary(known, binary),
            IfExpr conditional => If(known, conditional),
            AttributeExpr attribute => Attribute(known, attribute),
            HasExpr has => Has(known, has),
            LikeExpr like => Answer.Right(Ty.AnyBool).After(Expect(known, like.Target, Expectation.String)),
            IsExpr test => Is(known, test),
            SetExpr set => Set(known, set),
            RecordExpr record => Record(known, record),
            CallExpr call => Call(known, call),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Checks an expression that must be of a type; its answer has no type when it is of another.</summary>
    public Answer Expect(ImmutableHashSet<Capability> known, Expr expr, Expectation expectation)
    {
        var answer = Check(known, expr);
        if (answer.Type is null)
            return Answer.Wrong();
        if (expectation.Accepts(answer.Type))
            return answer;
        if (answer.Type is Ty.Any && expectation.Assumed is { } assumed)
            return answer with { Type = assumed };
        report(FindingKind.WrongType, expr.Position, $"this must be {expectation.Words}, and is {answer.Type}");
        return Answer.Wrong();
    }

    /// <summary>The meaning of <c>&amp;&amp;</c> for a left side that is checked, and a right side that is yet to be.</summary>
    public static Answer And<T>(Answer left, ImmutableHashSet<Capability> known, Func<ImmutableHashSet<Capability>, T, Answer> check, T next)
    {
        if (left.Type is Ty.Bool { Value: false })
            return Answer.Right(Ty.False).After(left);
        var right = check(known.Union(left.Shown), next);
        var answer = (left.Type, right.Type) switch
        {
            (null, _) or (_, null) => Answer.Wrong(Ty.AnyBool),
            (_, Ty.Bool { Value: false }) => Answer.Right(Ty.False),
            (_, Ty.Bool { Value: true }) => new Answer(left.Type, true, left.Shown.Union(right.Shown)),
            (Ty.Bool { Value: true }, _) => new Answer(right.Type, true, right.Shown),
            _ => new Answer(Ty.AnyBool, true, left.Shown.Union(right.Shown)),
        };
        return answer.After(left).After(right);
    }

    private Answer Or(ImmutableHashSet<Capability> known, BinaryExpr or)
    {
        var left = Expect(known, or.Left, Expectation.Bool);
        if (left.Type is Ty.Bool { Value: true })
            return left;
        var right = Expect(known, or.Right, Expectation.Bool);
        var answer = (left.Type, right.Type) switch
        {
            (null, _) or (_, null) => Answer.Wrong(Ty.AnyBool),
            (_, Ty.Bool { Value: true }) => new Answer(Ty.True, true, right.Shown),
            (_, Ty.Bool { Value: false }) => new Answer(left.Type, true, left.Shown),
            (Ty.Bool { Value: false }, _) => new Answer(right.Type, true, right.Shown),
            _ => new Answer(Ty.AnyBool, true, left.Shown.Intersect(right.Shown)),
        };
        return answer.After(left).After(right);
    }

    private Answer If(ImmutableHashSet<Capability> known, IfExpr expr)
    {
        var test = Expect(known, expr.Condition, Expectation.Bool);
        if (test.Type is Ty.Bool { Value: false })
            return Check(known, expr.Else).After(test);
        var then = Check(known.Union(test.Shown), expr.Then);
        var shown = then.Shown.Union(test.Shown);
        if (test.Type is Ty.Bool { Value: true })
            return (then with { Shown = shown }).After(then).After(test);
        var other = Check(known, expr.Else);
        if (then.Type is null || other.Type is null)
            return Answer.Wrong();
        if (relations.Join(then.Type, other.Type) is { } joined)
            return new Answer(joined, true, other.Shown.Intersect(shown)) { Level = Math.Max(then.Level, other.Level) }.After(then).After(other).After(test);
        report(FindingKind.IncompatibleTypes, expr.Position, $"the branches are of types that do not meet: {then.Type} and {other.Type}");
        return Answer.Wrong();
    }

    private Answer Literal(Value value) => value switch
    {
        BoolValue known => Answer.Right(Ty.Of(known.Value)),
        LongValue => Answer.Right(Ty.Integer),
        StringValue => Answer.Right(Ty.Text),

        // What the schema does not know is reported once for a policy, not here for each kind of request.
        EntityValue entity => Knows(entity.Uid) ? Answer.Right(Ty.Reference(entity.Uid.Type)) with { Level = entity.Uid.Equals(request.Action.Uid) ? 0 : Answer.Named } : Answer.Wrong(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private bool Knows(EntityUid uid) => uid.Type.IsAction ? types.Schema.Actions.ContainsKey(uid) : types.Schema.EntityTypes.ContainsKey(uid.Type);

    private Ty Variable(Variable variable) => variable switch
    {
        Expressions.Variable.Principal => Ty.Reference(request.Principal),
        Expressions.Variable.Action => Ty.Reference(request.Action.Uid.Type),
        Expressions.Variable.Resource => Ty.Reference(request.Resource),
        _ => types.Of(request.Action.Context),
    };

    private Answer Unary(ImmutableHashSet<Capability> known, UnaryExpr expr) => expr.Operator switch
    {
        UnaryOperator.Not => Expect(known, expr.Operand, Expectation.Bool) is var operand && operand.Type is Ty.Bool truth
            ? Answer.Right(truth.Value is { } value ? Ty.Of(!value) : Ty.AnyBool).After(operand)
            : Answer.Wrong(Ty.AnyBool),
        UnaryOperator.Negate => Answer.Right(Ty.Integer).After(Expect(known, expr.Operand, Expectation.Long)),
        _ => Answer.Right(Ty.AnyBool).After(Expect(known, expr.Operand, Expectation.Set)),
    };

    private Answer Set(ImmutableHashSet<Capability> known, SetExpr expr)
    {
        var isRight = true;
        var isTyped = true;
        var elements = new List<Ty>();
        foreach (var element in expr.Elements)
        {
            var answer = Check(known, element);
            isRight &= answer.IsRight;
            if (answer.Type is null)
                isTyped = false;
            else
                elements.Add(answer.Type);
        }

        if (isStrict && expr.Elements.IsEmpty)
        {
            report(FindingKind.EmptySet, expr.Position, "nobody can tell the type of an empty set: test a set with .isEmpty()");
            return Answer.Wrong();
        }

        if (!isTyped)
            return Answer.Wrong();
        Ty joined = new Ty.Never();
        foreach (var element in elements)
        {
            if (relations.Join(joined, element) is not { } next)
            {
                report(FindingKind.IncompatibleTypes, expr.Position, $"the elements are of types that do not meet: {joined} and {element}");
                return Answer.Wrong();
            }

            joined = next;
        }

        return Answer.Right(new Ty.Set(joined)).After(isRight);
    }

    private Answer Record(ImmutableHashSet<Capability> known, RecordExpr expr)
    {
        var isRight = true;
        var level = 0;
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, TyAttribute>(StringComparer.Ordinal);
        foreach (var (name, value) in expr.Attributes)
        {
            var answer = Check(known, value);
            isRight &= answer.IsRight;
            level = Math.Max(level, answer.Level);
            if (answer.Type is not null)
                attributes[name] = new TyAttribute(answer.Type, true);
        }

        return attributes.Count < expr.Attributes.Length ? Answer.Wrong() : (Answer.Right(new Ty.Record(attributes.ToImmutable(), false)) with { Level = level }).After(isRight);
    }

    private Answer Call(ImmutableHashSet<Capability> known, CallExpr expr)
    {
        var (parameters, result) = FunctionTypes.All[expr.Function.Name];
        var isRight = true;
        if (expr.Arguments.Length != parameters.Length)
        {
            report(FindingKind.WrongCall, expr.Position, $"{expr.Function.Name} takes {parameters.Length} argument{(parameters.Length == 1 ? "" : "s")}, and gets {expr.Arguments.Length}");
            isRight = false;
        }

        if (!expr.Function.IsMethod)
        {
            if (expr.Arguments is [LiteralExpr { Value: StringValue text }, ..] && expr.Function.Call([text], out var fault) is null)
            {
                report(FindingKind.WrongCall, expr.Position, fault!.Message);
                isRight = false;
            }

            if (isStrict && !expr.Arguments.All(argument => argument is LiteralExpr))
            {
                report(FindingKind.WrongCall, expr.Position, $"{expr.Function.Name} must be called with a text that stands here, so that it cannot fail later");
                isRight = false;
            }
        }

        var isCall = isRight;
        for (var i = 0; i < expr.Arguments.Length; i++)
            isRight &= (isCall ? Expect(known, expr.Arguments[i], Expectation.Of(parameters[i])) : Check(known, expr.Arguments[i])).IsRight;
        return Answer.Right(result).After(isRight);
    }
}
