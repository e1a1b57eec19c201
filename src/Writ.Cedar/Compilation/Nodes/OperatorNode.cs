using Writ.Cedar.Authorization;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>The operators on entities, sets and tags: <c>in</c>, <c>contains</c> and its like, <c>hasTag</c>, <c>getTag</c>.</summary>
internal sealed class OperatorNode(SourcePosition position, BinaryOperator op, Node left, Node right) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        if (left.Evaluate(frame) is not { } first || right.Evaluate(frame) is not { } second)
            return null;
        var value = Operators.Apply(op, first, second, frame.Entities, out var fault);
        return fault is null ? value : frame.Fail(Position, fault);
    }
}
