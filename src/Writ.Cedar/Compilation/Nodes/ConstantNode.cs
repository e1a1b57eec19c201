using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>A value known before any request.</summary>
internal sealed class ConstantNode(SourcePosition position, Value value) : Node(position)
{
    public override Value Constant => value;

    public override Value Evaluate(Frame frame) => value;
}
