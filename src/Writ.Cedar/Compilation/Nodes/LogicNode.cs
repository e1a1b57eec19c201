using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x &amp;&amp; y</c> and <c>x || y</c>: y is asked only when x does not settle it.</summary>
internal sealed class LogicNode(SourcePosition position, bool isOr, Node left, Node right) : Node(position)
{
    private readonly Truth _settled = isOr ? Truth.True : Truth.False;

    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame)
    {
        var first = left.Test(frame);
        return first == Truth.Fault || first == _settled ? first : right.Test(frame);
    }
}
