using Writ.Cedar.Authorization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x &lt; y</c> and its like, of longs without boxing them.</summary>
internal sealed class CompareNode(SourcePosition position, BinaryOperator op, Node left, Node right) : Node(position)
{
    // The shape of most limits, `path < number`, looks at this node and the frame alone once the path was read.
    private readonly int _slot = left is AttributeNode { Slot: >= 0 } path && right.Constant is LongValue ? path.Slot : -1;
    private readonly long _limit = right.Constant is LongValue limit ? limit.Value : 0;

    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame)
    {
        if (_slot >= 0)
        {
            ref var kept = ref frame.Slots[_slot];
            if (kept.Reading == Reading.Long)
                return Compared(kept.Number, _limit);
        }

        var first = left.Read(frame, out var a, out var x);
        if (first == Reading.Fault)
            return Truth.Fault;
        var second = right.Read(frame, out var b, out var y);
        if (second == Reading.Fault)
            return Truth.Fault;
        if (first == Reading.Long && second == Reading.Long)
            return Compared(a, b);
        if (Operators.Apply(op, Box(first, a, x), Box(second, b, y), frame.Entities, out var fault) is BoolValue answer)
            return Of(answer.Value);
        frame.Fail(Position, fault!);
        return Truth.Fault;
    }

    private Truth Compared(long a, long b) => Of(op switch
    {
        BinaryOperator.Less => a < b,
        BinaryOperator.LessOrEqual => a <= b,
        BinaryOperator.Greater => a > b,
        _ => a >= b,
    });
}
