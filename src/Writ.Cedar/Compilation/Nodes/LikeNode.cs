using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x like "a*b"</c></summary>
internal sealed class LikeNode(SourcePosition position, Node target, LikePattern pattern) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        if (target.Evaluate(frame) is not { } value)
            return null;
        return value is StringValue text ? BoolValue.Of(pattern.Matches(text.Value)) : frame.Fail(Position, Fault.WrongType("a string", value));
    }
}
