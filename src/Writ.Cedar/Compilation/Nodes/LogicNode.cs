using System.Collections.Immutable;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x &amp;&amp; y</c> and <c>x || y</c>: y is asked only when x does not settle it. A chain of one operator is one node.</summary>
internal sealed class LogicNode : Node
{
    private readonly bool _isOr;
    private readonly Truth _settled;
    private readonly Node _first;
    private readonly Node[] _rest;

    public LogicNode(SourcePosition position, bool isOr, Node left, Node right)
        : base(position)
    {
        _isOr = isOr;
        _settled = isOr ? Truth.True : Truth.False;
        ImmutableArray<Node> all = [.. Chain(left), .. Chain(right)];
        (_first, _rest) = (all[0], [.. all[1..]]);
    }

    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame)
    {
        var truth = _first.Test(frame);
        foreach (var next in _rest)
        {
            if (truth == Truth.Fault || truth == _settled)
                return truth;
            truth = next.Test(frame);
        }

        return truth;
    }

    // Order and result are the same however the chain is bracketed.
    private IEnumerable<Node> Chain(Node node) => node is LogicNode chain && chain._isOr == _isOr ? chain._rest.Prepend(chain._first) : [node];
}
