using Writ.Cedar.Authorization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>-x</c> and <c>x.isEmpty()</c></summary>
internal sealed class UnaryNode(SourcePosition position, UnaryOperator op, Node operand) : Node(position)
{
    public override Value? Evaluate(Frame frame) => Read(frame, out var number, out var other) switch
    {
        Reading.Fault => null,
        var reading => Box(reading, number, other),
    };

    public override Reading Read(Frame frame, out long number, out Value? other)
    {
        var reading = operand.Read(frame, out number, out other);
        if (reading == Reading.Fault)
            return reading;
        if (op == UnaryOperator.Negate && reading == Reading.Long && number != long.MinValue)
        {
            number = -number;
            return Reading.Long;
        }

        other = Operators.Apply(op, Box(reading, number, other), out var fault);
        if (fault is null)
            return Reading.Other;
        frame.Fail(Position, fault);
        return Reading.Fault;
    }
}
