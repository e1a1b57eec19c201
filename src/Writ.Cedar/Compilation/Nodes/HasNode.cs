using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x has a.b.c</c></summary>
internal sealed class HasNode(SourcePosition position, Node target, ImmutableArray<string> path) : Node(position)
{
    public override Value? Evaluate(Frame frame) => Of(Test(frame));

    public override Truth Test(Frame frame)
    {
        if (target.Evaluate(frame) is not { } holder)
            return Truth.Fault;
        for (var i = 0; ; i++)
        {
            if (Attributes.Has(holder, path[i], frame.Entities, out var fault) is not { } found)
            {
                frame.Fail(Position, fault!);
                return Truth.Fault;
            }

            if (!found || i == path.Length - 1)
                return Of(found);
            holder = Attributes.Read(holder, path[i], frame.Entities, out _)!;
        }
    }
}
