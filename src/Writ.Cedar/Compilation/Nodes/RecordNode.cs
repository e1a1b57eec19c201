using System.Collections.Immutable;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>{a: x}</c> of values that depend on the request.</summary>
internal sealed class RecordNode(SourcePosition position, ImmutableArray<KeyValuePair<string, Node>> attributes) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        var builder = new RecordBuilder(attributes.Length);
        foreach (var (name, node) in attributes)
        {
            if (node.Evaluate(frame) is not { } value)
                return null;
            builder.Add(name, value);
        }

        return builder.Build();
    }
}
