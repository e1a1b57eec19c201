using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>!x</c></summary>
internal sealed class NotNode(SourcePosition position, Node operand) : Node(position)
{
    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame) => operand.Test(frame) switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Fault,
    };
}
