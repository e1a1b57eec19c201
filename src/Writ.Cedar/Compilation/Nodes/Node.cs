using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>
/// A compiled expression. It gives the value and the fault that <see cref="Authorization.Reference"/> gives, in the same order of
/// evaluation. The three ways to ask differ in what they box: Booleans and longs that only feed an operator never become objects.
/// </summary>
internal abstract class Node(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>The value that needs no request; null when there is none.</summary>
    public virtual Value? Constant => null;

    /// <summary>The value; null, and the fault in the frame, when there is none.</summary>
    public abstract Value? Evaluate(Frame frame);

    /// <summary>The value as a condition: anything but a Boolean is a fault of this expression.</summary>
    public virtual Truth Test(Frame frame)
    {
        if (Evaluate(frame) is not { } value)
            return Truth.Fault;
        if (value is BoolValue known)
            return Of(known.Value);
        frame.Fail(Position, Fault.WrongType("a bool", value));
        return Truth.Fault;
    }

    /// <summary>The value as a number where it is one. A value of another type is no fault here: the operator judges it after its other operand.</summary>
    public virtual Reading Read(Frame frame, out long number, out Value? other)
    {
        number = 0;
        other = Evaluate(frame);
        if (other is null)
            return Reading.Fault;
        if (other is not LongValue known)
            return Reading.Other;
        number = known.Value;
        return Reading.Long;
    }

    protected static Truth Of(bool value) => value ? Truth.True : Truth.False;

    protected static Value? Of(Truth truth) => truth == Truth.Fault ? null : BoolValue.Of(truth == Truth.True);

    protected static Value Box(Reading reading, long number, Value? other) => reading == Reading.Long ? new LongValue(number) : other!;
}
