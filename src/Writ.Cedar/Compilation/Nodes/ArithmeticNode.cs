using Writ.Cedar.Authorization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x + y</c>, <c>x - y</c> and <c>x * y</c>, without boxing what only another operator reads.</summary>
internal sealed class ArithmeticNode(SourcePosition position, BinaryOperator op, Node left, Node right) : Node(position)
{
    public override Value? Evaluate(Frame frame) => Read(frame, out var number, out _) == Reading.Fault ? null : new LongValue(number);

    public override Reading Read(Frame frame, out long number, out Value? other)
    {
        (number, other) = (0, null);
        var first = left.Read(frame, out var a, out var x);
        if (first == Reading.Fault)
            return Reading.Fault;
        var second = right.Read(frame, out var b, out var y);
        if (second == Reading.Fault)
            return Reading.Fault;
        if (first == Reading.Long && second == Reading.Long)
        {
            Int128 result = op switch
            {
                BinaryOperator.Add => (Int128)a + b,
                BinaryOperator.Subtract => (Int128)a - b,
                _ => (Int128)a * b,
            };
            if (result >= long.MinValue && result <= long.MaxValue)
            {
                number = (long)result;
                return Reading.Long;
            }
        }

        // What is left is a fault, in the words of Reference.
        Operators.Apply(op, Box(first, a, x), Box(second, b, y), frame.Entities, out var fault);
        frame.Fail(Position, fault!);
        return Reading.Fault;
    }
}
