using Writ.Cedar.Authorization;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x.name</c></summary>
/// <param name="position">Where it stands.</param>
/// <param name="target">What is read.</param>
/// <param name="name">The attribute.</param>
/// <param name="slot">Where the request's frame keeps what was read; -1 where it is not kept.</param>
internal sealed class AttributeNode(SourcePosition position, Node target, string name, int slot) : Node(position)
{
    // Where the attribute stood the last time. A guess that is checked: threads may overwrite each other's without harm.
    private int _guess;

    /// <summary>Where the request's frame keeps what was read; -1 where it is not kept.</summary>
    public int Slot => slot;

    public override Value? Evaluate(Frame frame)
    {
        if (slot < 0)
            return Look(frame);
        if (frame.Slots[slot].Value is { } known)
            return known;
        if (Look(frame) is not { } value)
            return null;
        frame.Keep(slot, value);
        return value;
    }

    public override Reading Read(Frame frame, out long number, out Value? other)
    {
        if (slot < 0)
            return base.Read(frame, out number, out other);
        other = Evaluate(frame);
        if (other is null)
        {
            number = 0;
            return Reading.Fault;
        }

        ref var kept = ref frame.Slots[slot];
        number = kept.Number;
        return kept.Reading;
    }

    private Value? Look(Frame frame)
    {
        if (target.Evaluate(frame) is not { } holder)
            return null;
        var attributes = holder switch
        {
            RecordValue record => record,
            EntityValue { Uid: var uid } when frame.Entities.TryGet(uid, out var entity) => entity.Attributes,
            _ => null,
        };
        if (attributes is not null && attributes.TryGet(name, ref _guess, out var value) && value is not PoisonValue)
            return value;

        // Whatever is not plainly there is a fault, and said where Reference says it.
        return Attributes.Read(holder, name, frame.Entities, out var fault) ?? frame.Fail(Position, fault!);
    }
}
