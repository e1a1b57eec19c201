using System.Collections.Immutable;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>[x, y]</c> of elements that depend on the request.</summary>
internal sealed class SetNode(SourcePosition position, ImmutableArray<Node> elements) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        var values = new Value[elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (elements[i].Evaluate(frame) is not { } element)
                return null;
            values[i] = element;
        }

        return SetValue.Of(values);
    }
}
