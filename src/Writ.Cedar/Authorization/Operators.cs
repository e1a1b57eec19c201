using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Cedar.Authorization;

/// <summary>The operators on values, all but <c>!</c>, <c>&amp;&amp;</c> and <c>||</c>. A null result has a fault beside it.</summary>
internal static class Operators
{
    public static Value? Apply(UnaryOperator op, Value operand, out Fault? fault)
    {
        fault = null;
        switch (op, operand)
        {
            case (UnaryOperator.Negate, LongValue number):
                return number.Value == long.MinValue ? Overflow($"-({number.Value})", out fault) : new LongValue(-number.Value);
            case (UnaryOperator.IsEmpty, SetValue set):
                return set.HoldsPoison ? PoisonWithin(out fault) : BoolValue.Of(set.Elements.IsEmpty);
            default:
                return WrongType(op == UnaryOperator.Negate ? "a long" : "a set", operand, out fault);
        }
    }

    public static Value? Apply(BinaryOperator op, Value left, Value right, EntityStore entities, out Fault? fault)
    {
        switch (op)
        {
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                fault = null;
                if (left.HoldsPoison || right.HoldsPoison)
                    return PoisonWithin(out fault);
                return BoolValue.Of(left.Equals(right) == (op == BinaryOperator.Equal));
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return Compare(op, left, right, out fault);
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply:
                return Calculate(op, left, right, out fault);
            case BinaryOperator.In:
                return In(left, right, entities, out fault);
            case BinaryOperator.Contains or BinaryOperator.ContainsAll or BinaryOperator.ContainsAny:
                return Contains(op, left, right, out fault);
            case BinaryOperator.GetTag or BinaryOperator.HasTag:
                return Tag(op, left, right, entities, out fault);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Ordered are longs, datetimes and durations, each among themselves. The left operand, if it is ordered, says what the right must be.
    private static Value? Compare(BinaryOperator op, Value left, Value right, out Fault? fault)
    {
        fault = null;
        int order;
        switch (left, right)
        {
            case (LongValue a, LongValue b):
                order = a.Value.CompareTo(b.Value);
                break;
            case (DatetimeValue a, DatetimeValue b):
                order = a.Milliseconds.CompareTo(b.Milliseconds);
                break;
            case (DurationValue a, DurationValue b):
                order = a.Milliseconds.CompareTo(b.Milliseconds);
                break;
            case (LongValue or DatetimeValue or DurationValue, _):
                return WrongType($"a {left.TypeName}, as on the left", right, out fault);
            default:
                return WrongType("a long, datetime or duration", left, out fault);
        }

        return BoolValue.Of(op switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static Value? Calculate(BinaryOperator op, Value left, Value right, out Fault? fault)
    {
        fault = null;
        if (left is not LongValue { Value: var a })
            return WrongType("a long", left, out fault);
        if (right is not LongValue { Value: var b })
            return WrongType("a long", right, out fault);
        Int128 result = op switch
        {
            BinaryOperator.Add => (Int128)a + b,
            BinaryOperator.Subtract => (Int128)a - b,
            _ => (Int128)a * b,
        };
        return result < long.MinValue || result > long.MaxValue
            ? Overflow($"{a} {OperatorTable.Symbol(op)} {b}", out fault)
            : new LongValue((long)result);
    }

    // The right side is one entity, or a set of entities and of nothing else.
    private static Value? In(Value left, Value right, EntityStore entities, out Fault? fault)
    {
        fault = null;
        if (left is not EntityValue { Uid: var uid })
        {
            WrongType(right is SetValue ? "an entity (a set is searched with .contains())" : "an entity", left, out fault);
            return null;
        }

        if (right is EntityValue container)
            return BoolValue.Of(entities.IsIn(uid, container.Uid));
        if (right is not SetValue set)
            return WrongType("an entity or a set of entities", right, out fault);
        var found = false;
        foreach (var element in set.Elements)
        {
            if (element is not EntityValue member)
                return WrongType("a set of entities only", element, out fault);
            found = found || entities.IsIn(uid, member.Uid);
        }

        return BoolValue.Of(found);
    }

    private static Value? Contains(BinaryOperator op, Value left, Value right, out Fault? fault)
    {
        fault = null;
        if (left is not SetValue set)
            return WrongType("a set", left, out fault);
        if (op != BinaryOperator.Contains && right is not SetValue)
            return WrongType("a set", right, out fault);
        if (left.HoldsPoison || right.HoldsPoison)
            return PoisonWithin(out fault);
        return BoolValue.Of(op switch
        {
            BinaryOperator.Contains => set.Contains(right),
            BinaryOperator.ContainsAll => set.IsSupersetOf((SetValue)right),
            _ => set.Overlaps((SetValue)right),
        });
    }

    private static Value? Tag(BinaryOperator op, Value left, Value right, EntityStore entities, out Fault? fault)
    {
        fault = null;
        if (left is not EntityValue { Uid: var uid })
            return WrongType("an entity", left, out fault);
        if (right is not StringValue { Value: var name })
            return WrongType("a string", right, out fault);
        Value? value = null;
        var exists = entities.TryGet(uid, out var entity);
        entity?.Tags.TryGet(name, out value);
        if (value is PoisonValue poison)
        {
            fault = Fault.Poisoned(poison);
            return null;
        }

        if (op == BinaryOperator.HasTag)
            return BoolValue.Of(value is not null);
        if (value is null)
        {
            fault = exists
                ? new Fault(FaultKind.TagMissing, $"{uid} has no tag {StringLiteral.Quote(name)}")
                : new Fault(FaultKind.EntityMissing, $"the tag {StringLiteral.Quote(name)} is read of {uid}, which does not exist");
        }

        return value;
    }

    private static Value? WrongType(string expected, Value found, out Fault? fault)
    {
        fault = Fault.WrongType(expected, found);
        return null;
    }

    private static Value? Overflow(string operation, out Fault? fault)
    {
        fault = new Fault(FaultKind.Overflow, $"{operation} does not fit 64 bits");
        return null;
    }

    private static Value? PoisonWithin(out Fault? fault)
    {
        fault = new Fault(FaultKind.Poison, "compared a value that holds another which could not be represented");
        return null;
    }
}
