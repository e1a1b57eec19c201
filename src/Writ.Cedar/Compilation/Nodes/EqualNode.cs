using Writ.Cedar.Authorization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x == y</c> and <c>x != y</c></summary>
internal sealed class EqualNode(SourcePosition position, BinaryOperator op, Node left, Node right) : Node(position)
{
    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame)
    {
        var first = left.Read(frame, out var a, out var x);
        if (first == Reading.Fault)
            return Truth.Fault;
        var second = right.Read(frame, out var b, out var y);
        if (second == Reading.Fault)
            return Truth.Fault;
        var wanted = op == BinaryOperator.Equal;
        if (first == Reading.Long && second == Reading.Long)
            return Of(a == b == wanted);
        if (x is StringValue text && y is StringValue other)
            return Of(text.Value == other.Value == wanted);
        if (Operators.Apply(op, Box(first, a, x), Box(second, b, y), frame.Entities, out var fault) is BoolValue answer)
            return Of(answer.Value);
        frame.Fail(Position, fault!);
        return Truth.Fault;
    }
}
