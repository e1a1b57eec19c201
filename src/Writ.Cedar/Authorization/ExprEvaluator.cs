using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Authorization;

/// <summary>
/// Evaluates expressions for one request. Null stands for "no value": the fault is kept and everything above passes the null on, so
/// that the first fault in the order of evaluation is the policy's. Not thread safe. The depth of recursion is bounded by
/// <see cref="Syntax.ParseOptions.HeightBound"/>, which every reader of expressions enforces.
/// </summary>
internal sealed class ExprEvaluator(Request request, EntityStore entities)
{
    private readonly EntityValue _principal = new(request.Principal);
    private readonly EntityValue _action = new(request.Action);
    private readonly EntityValue _resource = new(request.Resource);
    private Fault? _fault;
    private SourcePosition _position;

    /// <summary>The fault of the last evaluation that gave null, which is then forgotten.</summary>
    public (Fault Fault, SourcePosition Position) TakeFault()
    {
        var fault = _fault ?? throw new InvalidOperationException("Nothing has failed.");
        _fault = null;
        return (fault, _position);
    }

    /// <summary>The value of an expression that must be Boolean.</summary>
    public bool? Bool(Expr expr)
    {
        if (Evaluate(expr) is not { } value)
            return null;
        if (value is BoolValue known)
            return known.Value;
        Fail(expr, Fault.WrongType("a bool", value));
        return null;
    }

    /// <summary>The value of an expression.</summary>
    public Value? Evaluate(Expr expr) => expr switch
    {
        LiteralExpr literal => literal.Value,
        VariableExpr variable => Variable(variable.Variable),
        BinaryExpr binary => Binary(binary),
        AttributeExpr attribute => Attribute(attribute),
        UnaryExpr unary => Unary(unary),
        HasExpr has => Has(has),
        IsExpr type => Is(type),
        LikeExpr like => Like(like),
        IfExpr choice => Bool(choice.Condition) is { } taken ? Evaluate(taken ? choice.Then : choice.Else) : null,
        CallExpr call => call.Constant ?? Call(call),
        SetExpr set => Set(set),
        RecordExpr record => Record(record),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Value Variable(Variable variable) => variable switch
    {
        Expressions.Variable.Principal => _principal,
        Expressions.Variable.Action => _action,
        Expressions.Variable.Resource => _resource,
        _ => request.Context,
    };

    private Value? Unary(UnaryExpr unary)
    {
        if (unary.Operator == UnaryOperator.Not)
            return Bool(unary.Operand) is { } operand ? BoolValue.Of(!operand) : null;
        if (Evaluate(unary.Operand) is not { } value)
            return null;
        return Keep(unary, Operators.Apply(unary.Operator, value, out var fault), fault);
    }

    private Value? Binary(BinaryExpr binary)
    {
        // The right side is evaluated, and must be Boolean, only when the left one does not settle it.
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            if (Bool(binary.Left) is not { } left)
                return null;
            if (left == (binary.Operator == BinaryOperator.Or))
                return BoolValue.Of(left);
            return Bool(binary.Right) is { } right ? BoolValue.Of(right) : null;
        }

        if (Evaluate(binary.Left) is not { } first || Evaluate(binary.Right) is not { } second)
            return null;
        return Keep(binary, Operators.Apply(binary.Operator, first, second, entities, out var fault), fault);
    }

    private Value? Attribute(AttributeExpr attribute) =>
        Evaluate(attribute.Target) is { } target ? Keep(attribute, Attributes.Read(target, attribute.Name, entities, out var fault), fault) : null;

    private BoolValue? Has(HasExpr has)
    {
        if (Evaluate(has.Target) is not { } target)
            return null;
        for (var i = 0; ; i++)
        {
            if (Attributes.Has(target, has.Path[i], entities, out var fault) is not { } found)
            {
                Fail(has, fault!);
                return null;
            }

            if (!found || i == has.Path.Length - 1)
                return BoolValue.Of(found);
            target = Attributes.Read(target, has.Path[i], entities, out _)!;
        }
    }

    // `x is T in y` is `x is T && x in y`.
    private Value? Is(IsExpr type)
    {
        if (Evaluate(type.Target) is not { } target)
            return null;
        if (target is not EntityValue entity)
            return Fail(type, Fault.WrongType("an entity", target));
        var isOfType = entity.Uid.Type.Equals(type.Type);
        if (!isOfType || type.Container is null)
            return BoolValue.Of(isOfType);
        if (Evaluate(type.Container) is not { } container)
            return null;
        return Keep(type, Operators.Apply(BinaryOperator.In, target, container, entities, out var fault), fault);
    }

    private Value? Like(LikeExpr like)
    {
        if (Evaluate(like.Target) is not { } target)
            return null;
        return target is StringValue text ? BoolValue.Of(like.Pattern.Matches(text.Value)) : Fail(like, Fault.WrongType("a string", target));
    }

    private Value? Call(CallExpr call)
    {
        var arguments = new Value[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Evaluate(call.Arguments[i]) is not { } argument)
                return null;
            arguments[i] = argument;
        }

        return Keep(call, call.Function.Call(arguments, out var fault), fault);
    }

    private SetValue? Set(SetExpr set)
    {
        var elements = new Value[set.Elements.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            if (Evaluate(set.Elements[i]) is not { } element)
                return null;
            elements[i] = element;
        }

        return SetValue.Of(elements);
    }

    private RecordValue? Record(RecordExpr record)
    {
        var builder = new RecordBuilder(record.Attributes.Length);
        foreach (var (name, expr) in record.Attributes)
        {
            if (Evaluate(expr) is not { } value)
                return null;
            builder.Add(name, value);
        }

        return builder.Build();
    }

    private Value? Keep(Expr expr, Value? value, Fault? fault) => fault is null ? value : Fail(expr, fault);

    private Value? Fail(Expr expr, Fault fault)
    {
        _fault = fault;
        _position = expr.Position;
        return null;
    }
}
