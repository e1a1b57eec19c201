using Writ.Cedar.Authorization;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x.name</c></summary>
internal sealed class AttributeNode(SourcePosition position, Node target, string name) : Node(position)
{
    // Where the attribute stood the last time. A guess that is checked: threads may overwrite each other's without harm.
    private int _slot;

    public override Value? Evaluate(Frame frame)
    {
        if (target.Evaluate(frame) is not { } holder)
            return null;
        var attributes = holder switch
        {
            RecordValue record => record,
            EntityValue { Uid: var uid } when frame.Entities.TryGet(uid, out var entity) => entity.Attributes,
            _ => null,
        };
        if (attributes is not null && attributes.TryGet(name, ref _slot, out var value) && value is not PoisonValue)
            return value;

        // Whatever is not plainly there is a fault, and said where Reference says it.
        return Attributes.Read(holder, name, frame.Entities, out var fault) ?? frame.Fail(Position, fault!);
    }
}
